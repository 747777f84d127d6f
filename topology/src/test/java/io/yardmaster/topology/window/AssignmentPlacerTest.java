package io.yardmaster.topology.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.Epoch;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class AssignmentPlacerTest {
    private static final String TOPIC = "dispatch";

    private final AssignmentPlacer placer = new AssignmentPlacer(TOPIC);
    private final DispatchWindow window = new DispatchWindow(3, System::nanoTime);
    private final ShardWindow shard = window.open(0);

    private static ProducerRecord<byte[], byte[]> record(String topic, Header header) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, new byte[8], new byte[40]);
        record.headers().add(header);
        return record;
    }

    private AssignmentPlacer.Placed place(long id, int avoided) {
        return placer.place(record(TOPIC, shard.stamp(Epoch.HEADER, Epoch.encode(0), id, avoided)))
                .orElseThrow();
    }

    private static void acknowledge(AssignmentPlacer.Placed placed, long offset, Exception failure) {
        TopicPartition partition = new TopicPartition(TOPIC, placed.record().partition());
        placed.counting((metadata, reason) -> {})
                .onCompletion(new RecordMetadata(partition, offset, 0, 0, 0, 0), failure);
    }

    @Test
    void O1_theWindowKnowsAnAcknowledgedAssignmentByTheIdInItsStamp() {
        AssignmentPlacer.Placed first = place(41, ShardWindow.NO_PARTITION);
        AssignmentPlacer.Placed second = place(42, ShardWindow.NO_PARTITION);
        acknowledge(first, 0, null);
        acknowledge(second, 0, null);
        assertThat(shard.ended(42)).isEqualTo(second.record().partition());
        assertThat(shard.countOutstanding()).isEqualTo(1);
        assertThat(shard.ended(41)).isEqualTo(first.record().partition());
        assertThat(shard.countOutstanding()).isZero();
    }

    @Test
    void O7_aRefusedAssignmentGoesToAnotherPartition() {
        for (long id = 0; id < 9; id++) {
            int avoided = (int) id % 3;
            assertThat(place(id, avoided).record().partition()).isNotEqualTo(avoided);
        }
    }

    @Test
    void assignmentsThatWereNotAcknowledgedAreNotOutstanding() {
        acknowledge(place(1, ShardWindow.NO_PARTITION), -1, new TimeoutException());
        place(2, ShardWindow.NO_PARTITION).refused();
        assertThat(shard.countOutstanding()).isZero();
    }

    @Test
    void recordsOfOtherTopicsAndWithoutAStampAreNotPlaced() {
        Header stamp = shard.stamp(Epoch.HEADER, Epoch.encode(0), 1, ShardWindow.NO_PARTITION);
        assertThat(placer.place(record("events", stamp))).isEmpty();
        assertThat(placer.place(record(TOPIC, new RecordHeader(Epoch.HEADER, Epoch.encode(0)))))
                .isEmpty();
    }
}
