package io.yardmaster.topology;

import io.yardmaster.schemas.JobPartition;
import io.yardmaster.topology.config.LanePartitioner;

/**
 * Makes sure that all events of a job meet in one shard: in two shards they would be two jobs, both dispatched, of
 * which a cleanup event ends only one.
 *
 * @param shards number of shards
 */
record JobPlacement(LanePartitioner partitioner, int shards) {

    /** @throws InvalidEventException with the partition of the event and the one where it belongs */
    void check(long job, int partition) {
        if (partitioner == LanePartitioner.ANY) {
            return;
        }
        int home = JobPartition.of(job, shards);
        if (partition != home) {
            throw new InvalidEventException(
                    "job %s belongs in partition %s of %s, where Kafka's default partitioner (murmur2) puts its key, but lies in partition %s; clients on librdkafka (Python, Go, C#, Rust, kcat) need partitioner=murmur2_random"
                            .formatted(job, home, shards, partition));
        }
    }
}
