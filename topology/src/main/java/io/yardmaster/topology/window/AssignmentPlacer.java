package io.yardmaster.topology.window;

import io.yardmaster.schemas.Epoch;
import java.util.Optional;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Gives each assignment that a producer is about to send the dispatch partition that the {@link DispatchWindow}
 * chooses, and tells the window whether the broker has acknowledged it. An assignment names its shard and its id in its
 * header {@link ShardWindow#stamp}.
 */
public final class AssignmentPlacer {
    private final String topic;
    private final String ofPools;

    /** @param topic of the default pool's assignments; those of the others have names that begin with it */
    public AssignmentPlacer(String topic) {
        this.topic = topic;
        this.ofPools = topic + ".";
    }

    /** An assignment on its way, which the window counts as outstanding from here on. */
    public static final class Placed {
        private final ProducerRecord<byte[], byte[]> record;
        private final PartitionOutstanding outstanding;
        private final long id;

        private Placed(ProducerRecord<byte[], byte[]> record, PartitionOutstanding outstanding, long id) {
            this.record = record;
            this.outstanding = outstanding;
            this.id = id;
        }

        /** The record to send. */
        public ProducerRecord<byte[], byte[]> record() {
            return record;
        }

        /** A callback for the producer that counts the acknowledgement or the failure and then calls {@code next}. */
        public Callback counting(Callback next) {
            return (metadata, failure) -> {
                if (failure == null) {
                    outstanding.acknowledged(metadata.offset(), id);
                } else {
                    outstanding.failed();
                }
                next.onCompletion(metadata, failure);
            };
        }

        /** The producer has thrown instead of taking the record. */
        public void refused() {
            outstanding.failed();
        }
    }

    /** Places the record; empty if it is no assignment of this process, so that its key decides the partition. */
    public Optional<Placed> place(ProducerRecord<byte[], byte[]> record) {
        if (!(record.topic().equals(topic) || record.topic().startsWith(ofPools))
                || !(record.headers().lastHeader(Epoch.HEADER) instanceof ShardHeader stamp)) {
            return Optional.empty();
        }
        int partition = stamp.shard().place(stamp.id(), stamp.avoided());
        return Optional.of(new Placed(
                new ProducerRecord<>(
                        record.topic(), partition, record.timestamp(), record.key(), record.value(), record.headers()),
                stamp.shard().partition(partition),
                stamp.id()));
    }
}
