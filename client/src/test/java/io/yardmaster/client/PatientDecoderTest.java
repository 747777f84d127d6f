package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.JobPartition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class PatientDecoderTest {
    private static final Map<String, String> SETTINGS = Map.of("schema.registry.url", "mock://patient");
    private static final byte[] UNKNOWN_ID = {0, 0, 0, 9, 9, 1};
    private static final byte[] KEY = JobPartition.key(7);

    private long nanos;
    private final PatientDecoder decoder =
            new PatientDecoder(new AssignmentDecoder(SETTINGS), () -> nanos, Runnable::run);

    private Optional<Assignment> decode(ConsumerRecord<byte[], byte[]> polled) throws Exception {
        return decoder.decode(polled, Duration.ZERO);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static ConsumerRecord<byte[], byte[]> polled(byte[] key, byte[] value) {
        return new ConsumerRecord<>("dispatch", 3, 17, key, value);
    }

    @Test
    void O3_anAssignmentThatStaysUnreadableIsNeverPassedOver() throws Exception {
        ConsumerRecord<byte[], byte[]> unreadable = polled(KEY, UNKNOWN_ID);
        assertThat(decode(unreadable)).isEmpty();
        pass(PatientDecoder.MOST_DOUBT.minusMillis(1));
        assertThat(decode(unreadable)).as("a copy of the registry may be late").isEmpty();
        pass(PatientDecoder.MOST_DOUBT);
        assertThatThrownBy(() -> decode(unreadable))
                .isInstanceOf(UnreadableAssignmentException.class)
                .hasMessageContaining("neither run nor committed (dispatch-3 offset 17)")
                .hasMessageContaining("does not know schema id 2313")
                .hasMessageNotContaining("\n");
    }

    @Test
    void oneThatCanBeReadInTheEndIs() throws Exception {
        assertThat(decode(polled(KEY, UNKNOWN_ID))).isEmpty();
        pass(PatientDecoder.MOST_DOUBT);
        assertThat(decode(polled(KEY, EncodedAssignment.value(SETTINGS)))).isPresent();
        assertThat(decode(polled(KEY, UNKNOWN_ID)))
                .as("each record has its own time")
                .isEmpty();
    }

    @Test
    void aHeaderOrAKeyTellsAnAssignmentFromOtherRecords() throws Exception {
        assertThatThrownBy(() -> decode(polled(null, UNKNOWN_ID))).isInstanceOf(UnusableRecordException.class);
        assertThatThrownBy(() -> decode(polled(new byte[] {7}, UNKNOWN_ID)))
                .isInstanceOf(UnusableRecordException.class);
        assertThatThrownBy(() -> decode(polled(KEY, null))).isInstanceOf(UnusableRecordException.class);
        ConsumerRecord<byte[], byte[]> withoutKey = polled(null, UNKNOWN_ID);
        withoutKey.headers().add(Epoch.HEADER, Epoch.encode(1));
        assertThat(decode(withoutKey)).isEmpty();
    }
}
