package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.yardmaster.schemas.DeadLetterHeaders;
import io.yardmaster.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SentLettersTest {
    private final RecordingMeters meters = new RecordingMeters();
    private final DeadLetterLimit limit = DeadLetterLimit.of(Map.of());
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private long nanos;
    private final SentLetters letters = new SentLetters(limit, new DeadLetterReport("dead", meters, () -> nanos));
    private final List<Exception> failures = new ArrayList<>();

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger(DeadLetterReport.class)).addAppender(log);
    }

    @AfterEach
    void stopListening() {
        ((Logger) LoggerFactory.getLogger(DeadLetterReport.class)).detachAppender(log);
    }

    private static ProducerRecord<byte[], byte[]> letter(long offset, int size) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("dead", null, new byte[size]);
        record.headers().add(Topic.REASON_HEADER, "bad".getBytes(StandardCharsets.UTF_8));
        record.headers().add(DeadLetterHeaders.SOURCE, ("my-ready-0@" + offset).getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private void send(ProducerRecord<byte[], byte[]> record, Exception failure) {
        letters.sending(record, (metadata, told) -> failures.add(told)).onCompletion(null, failure);
    }

    @Test
    void aLetterIsReportedOnlyWhenItsTransactionIsCommitted() {
        send(letter(4, 10), null);
        assertThat(meters.deadLetters).isEmpty();
        assertThat(log.list).isEmpty();
        letters.committed();
        assertThat(meters.deadLetters).containsExactly("my-ready");
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("1 record(s) went to dead, the last one from my-ready-0@4: bad");
    }

    @Test
    void abortedLettersAreNotReportedAndLaterOnesOnce() {
        send(letter(4, 10), null);
        letters.forget();
        send(letter(4, 10), null);
        letters.committed();
        letters.committed();
        assertThat(meters.deadLetters).hasSize(1);
    }

    @Test
    void aFloodIsLoggedEveryTenSecondsAndCountedInFull() {
        for (int i = 0; i < 5; i++) {
            send(letter(i, 10), null);
            letters.committed();
        }
        nanos += TimeUnit.SECONDS.toNanos(10);
        letters.committed();
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "1 record(s) went to dead, the last one from my-ready-0@0: bad",
                        "4 record(s) went to dead, the last one from my-ready-0@4: bad");
        assertThat(meters.deadLetters).hasSize(5);
    }

    @Test
    void aRefusalForItsSizeLowersTheLimitAndIsDoneAgain() {
        send(letter(1, 100_000), new RecordTooLargeException("too large"));
        assertThat(failures).hasOnlyElementsOfType(DeadLetterRefusedException.class);
        assertThat(limit.bytes()).isBetween(50_000, 51_000);
        assertThat(letters.blame(new KafkaException("in an error state", new RecordTooLargeException("too large"))))
                .isInstanceOf(DeadLetterRefusedException.class);
        assertThat(letters.blame(new RecordTooLargeException("as told by a call that waited")))
                .isInstanceOf(DeadLetterRefusedException.class);
        letters.forget();
        KafkaException other = new KafkaException("in an error state", new RecordTooLargeException("too large"));
        assertThat(letters.blame(other)).as("no letter is in this transaction").isSameAs(other);
    }

    @Test
    void theLimitIsTheProducers() {
        assertThat(DeadLetterLimit.of(Map.of()).bytes()).isEqualTo(1 << 20);
        assertThat(DeadLetterLimit.of(Map.of("max.request.size", "70000")).bytes())
                .isEqualTo(70_000);
        assertThat(DeadLetterLimit.of(Map.of("max.request.size", "70000", "producer.max.request.size", 80_000))
                        .bytes())
                .isEqualTo(80_000);
    }
}
