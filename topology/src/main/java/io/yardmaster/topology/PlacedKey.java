package io.yardmaster.topology;

import io.yardmaster.schemas.Epoch;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * The key of an assignment for a host, together with the host's place.
 *
 * @param topic the dispatch topic of its pool
 * @param partition the one that the host reads
 */
record PlacedKey(long job, String topic, int partition) {
    /** Writes the job's id. */
    static final Serializer<PlacedKey> SERIALIZER = (topic, key) -> Epoch.encode(key.job());

    /** Chooses the host's partition. Streams has no other abstract method yet. */
    @SuppressWarnings("removal")
    static final StreamPartitioner<PlacedKey, SpecificRecord> PARTITIONER =
            (topic, key, value, partitions) -> Optional.of(Set.of(key.partition()));
}
