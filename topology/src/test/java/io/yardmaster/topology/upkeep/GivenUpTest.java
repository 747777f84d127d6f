package io.yardmaster.topology.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.views.DeadLetterTail;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class GivenUpTest {
    private static final TopicPartition LETTERS = new TopicPartition("dead", 0);
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(GivenUp.class);
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final AtomicLong now = new AtomicLong(10 * HOUR);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final DeadLetterTail tail = new DeadLetterTail(LETTERS.topic(), () -> consumer);
    private long end;

    @BeforeEach
    void listen() {
        log.start();
        LOGGER.addAppender(log);
        consumer.updatePartitions(LETTERS.topic(), List.of(new PartitionInfo(LETTERS.topic(), 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(LETTERS, 0L));
    }

    @AfterEach
    void stopListening() {
        LOGGER.detachAppender(log);
        tail.close();
    }

    private GivenUp of(String groupType) {
        return new GivenUp(
                tail,
                SchedulerConfig.from(
                        Map.of("schema.registry.url", "mock://given-up-test", "dispatch.group.type", groupType)),
                now::get);
    }

    /** Adds a letter as a broker writes it for a record of a topic. */
    private void letter(String topic, long job, long atMs) {
        Headers headers = new RecordHeaders();
        Map.of(
                        "topic",
                        topic,
                        "partition",
                        "3",
                        "offset",
                        "99",
                        "group",
                        "ems",
                        "delivery.count",
                        "5",
                        "message",
                        "why")
                .forEach((name, value) -> headers.add("__dlq.errors." + name, value.getBytes(StandardCharsets.UTF_8)));
        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(job).array();
        var letter = new ConsumerRecord<>(
                LETTERS.topic(),
                0,
                end++,
                atMs,
                TimestampType.LOG_APPEND_TIME,
                key.length,
                0,
                key,
                new byte[0],
                headers,
                Optional.empty());
        consumer.updateEndOffsets(Map.of(LETTERS, end));
        consumer.schedulePollTask(() -> consumer.addRecord(letter));
    }

    @Test
    void assignmentsOfTheLastHourAreCountedAndLoggedWhenThereAreMore() {
        letter("yardmaster.dispatch", 40, now.get() - HOUR);
        letter("yardmaster.dispatch", 41, now.get() - HOUR / 2);
        letter("yardmaster.dispatch", 42, now.get() - 1);
        letter("yardmaster.ready", 43, now.get());
        GivenUp givenUp = of("share");
        givenUp.check();
        givenUp.check();
        assertThat(givenUp.latest()).isEqualTo(2);
        now.addAndGet(HOUR / 2);
        givenUp.check();
        assertThat(givenUp.latest()).isEqualTo(1);
        now.addAndGet(HOUR / 2);
        givenUp.check();
        assertThat(givenUp.latest()).isZero();
        assertThat(log.list)
                .extracting(ILoggingEvent::toString)
                .containsExactly("[ERROR] 2 assignment(s) were given up in the last hour, the last one of job 42,"
                        + " yardmaster.dispatch-3@99: share group ems gave it up after 5 deliveries: why");
    }

    @Test
    void aConsumerGroupGivesUpNothing() {
        letter("yardmaster.dispatch", 42, now.get());
        GivenUp givenUp = of("consumer");
        givenUp.check();
        assertThat(givenUp.latest()).isZero();
        assertThat(log.list).isEmpty();
    }
}
