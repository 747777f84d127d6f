package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.JobPartition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class ShareMemberTest {
    private static final Map<String, String> SETTINGS = Map.of("schema.registry.url", "mock://member");

    private final Recorder recorder = new Recorder();
    private final AtomicLong now = new AtomicLong();

    /** Kafka's own consumer for tests, as a real broker does not fail at will. */
    private static final class FailingConsumer extends MockShareConsumer<byte[], byte[]> {
        @Override
        public synchronized void commitAsync() {
            throw new KafkaException("no renewal");
        }
    }

    @Test
    void aMemberWhoseConsumerFailsEndsItsHandlerBeforeAnotherMemberMayBegin() throws Exception {
        var ended = new AtomicBoolean();
        AssignmentHandler handler = (assignment, context) -> {
            now.addAndGet(Duration.ofSeconds(20).toNanos());
            try {
                context.awaitCancelled(Duration.ofMinutes(2));
            } finally {
                ended.set(true);
            }
        };
        var options = new ExecutionOptions(
                handler,
                1,
                RetryPolicy.NEVER,
                recorder,
                Duration.ZERO,
                Duration.ofMinutes(1),
                now::get,
                InstantSource.system());
        var engine = Engine.of(options, OutcomeWriter.NONE, new StopRequest(now::get));
        var consumer = new FailingConsumer();
        try (var member =
                new ShareMember(consumer, "dispatch", Duration.ofMinutes(5), new AssignmentDecoder(SETTINGS), engine)) {
            consumer.subscribe(List.of("dispatch"));
            consumer.addRecord(assignment());
            assertThatThrownBy(() -> member.run(new DeliveryLimit(5))).hasMessage("no renewal");
        }
        assertThat(ended).isTrue();
        assertThat(recorder.dropped()).containsExactly(Map.entry(1L, DropReason.CLOSED));
        assertThat(recorder.failed()).isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> assignment() {
        var polled = new ConsumerRecord<>("dispatch", 0, 0, JobPartition.key(7), EncodedAssignment.value(SETTINGS));
        polled.headers().add(Epoch.HEADER, Epoch.encode(4));
        return polled;
    }
}
