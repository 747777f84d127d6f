package io.yardmaster.topology.window;

import io.yardmaster.schemas.Epoch;
import java.util.Optional;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Puts each assignment that a producer is about to send where the {@link DispatchWindow} wants it, and tells the window what
 * became of it. An assignment names its shard in its header {@link ShardWindow#stamp}.
 */
public final class AssignmentPlacer {
    private final String topic;

    /** @param topic of the assignments */
    public AssignmentPlacer(String topic) {
        this.topic = topic;
    }

    /** An assignment on its way, which is counted as out from here on. */
    public static final class Placed {
        private final ProducerRecord<byte[], byte[]> record;
        private final PartitionOutstanding view;

        private Placed(ProducerRecord<byte[], byte[]> record, PartitionOutstanding view) {
            this.record = record;
            this.view = view;
        }

        /** What is to be sent. */
        public ProducerRecord<byte[], byte[]> record() {
            return record;
        }

        /** What the producer is to call when the broker has it, or when sending it failed. */
        public Callback counting(Callback next) {
            return (metadata, failure) -> {
                if (failure == null) {
                    view.acknowledged(metadata.offset());
                } else {
                    view.failed();
                }
                next.onCompletion(metadata, failure);
            };
        }

        /** It could not even be given to the producer. */
        public void refused() {
            view.failed();
        }
    }

    /** Places the record; empty if it is no assignment of this process, and goes where its key says. */
    public Optional<Placed> place(ProducerRecord<byte[], byte[]> record) {
        if (!record.topic().equals(topic) || !(record.headers().lastHeader(Epoch.HEADER) instanceof LaneHeader stamp)) {
            return Optional.empty();
        }
        int partition = stamp.lane().place();
        return Optional.of(new Placed(
                new ProducerRecord<>(
                        topic, partition, record.timestamp(), record.key(), record.value(), record.headers()),
                stamp.lane().partition(partition)));
    }
}
