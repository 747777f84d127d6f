package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TraceContext;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AssignmentDecoderTest {
    private static final Map<String, String> SETTINGS = Map.of("schema.registry.url", "mock://decoder");

    private final AssignmentDecoder decoder = new AssignmentDecoder(SETTINGS);

    @Test
    void anAssignmentKnowsWhereItCameFrom() throws Exception {
        assertThat(decoder.decode(polled(encoded(), 4L)))
                .isEqualTo(new Assignment(
                        1,
                        2,
                        3,
                        TaskKind.COMMIT,
                        -1,
                        0,
                        4,
                        Instant.ofEpochMilli(5),
                        Duration.ofMillis(8),
                        ByteBuffer.wrap(new byte[] {9, 10}),
                        "",
                        new TopicPartition("d", 6),
                        7,
                        Optional.empty()));
    }

    @Test
    void aPayloadCanBeReadManyTimesAndNotBeChanged() throws Exception {
        Assignment assignment = decoder.decode(polled(encoded(), 4L));
        assertThat(assignment.payload().get()).isEqualTo((byte) 9);
        assertThat(assignment.payload().get()).isEqualTo((byte) 9);
        assertThat(assignment.payload().isReadOnly()).isTrue();
    }

    @Test
    void anAssignmentHasTheTraceOfItsRecord() throws Exception {
        TraceContext trace = new TraceContext(1, 2, 3, (byte) 1, "vendor=x");
        ConsumerRecord<byte[], byte[]> polled = polled(encoded(), 4L);
        trace.addTo(polled.headers());
        assertThat(decoder.decode(polled).trace()).contains(trace);
    }

    @Test
    void theHeaderMayBeMissing() throws Exception {
        assertThat(decoder.decode(polled(encoded(), null)).session()).isEqualTo(4);
    }

    @Test
    void aRecordThatIsNoAssignmentIsDescribedInOneLine() {
        assertThatThrownBy(() -> decoder.decode(polled(encoded(), 9L)))
                .isInstanceOf(UnusableRecordException.class)
                .hasMessage("header epoch is 9, session_id is 4");
        assertThatThrownBy(() -> decoder.decode(polled(null, 4L)))
                .isInstanceOf(UnusableRecordException.class)
                .hasMessage("the record has no value");
        assertThatThrownBy(() -> decoder.decode(polled(new byte[] {1, 2, 3}, 4L)))
                .isInstanceOf(UnusableRecordException.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aRegistryThatDoesNotAnswerIsAnotherMatter() {
        var away = new AssignmentDecoder(Map.of("schema.registry.url", "http://127.0.0.1:1"));
        assertThatThrownBy(() -> away.decode(polled(encoded(), 4L))).isInstanceOf(RegistryAwayException.class);
    }

    private static byte[] encoded() {
        var value = TaskAssignment.newBuilder()
                .setAssignmentId(1)
                .setResourceGroupId(2)
                .setJobId(3)
                .setKind(TaskKind.COMMIT)
                .setTaskIndex(-1)
                .setAttempt(0)
                .setSessionId(4)
                .setReadyAt(Instant.ofEpochMilli(5))
                .setTimeoutMs(8)
                .setPayload(ByteBuffer.wrap(new byte[] {9, 10}))
                .build();
        return ValueSerdes.of(Topic.DISPATCH, SETTINGS).serializer().serialize("d", value);
    }

    private static ConsumerRecord<byte[], byte[]> polled(byte[] value, Long epoch) {
        var polled = new ConsumerRecord<byte[], byte[]>("d", 6, 7, null, value);
        if (epoch != null) {
            polled.headers().add(Epoch.HEADER, Epoch.encode(epoch));
        }
        return polled;
    }
}
