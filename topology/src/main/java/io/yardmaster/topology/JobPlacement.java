package io.yardmaster.topology;

import io.yardmaster.schemas.JobPartition;
import io.yardmaster.topology.config.LanePartitioner;

/**
 * Makes sure that all events of a job meet in one shard: in two it would be two jobs, each dispatched, of which only
 * one is cancelled.
 *
 * @param lanes how many partitions each lane has
 */
record JobPlacement(LanePartitioner partitioner, int lanes) {

    /** @throws InvalidEventException that says where the event lies, and where it belongs */
    void check(long job, int partition) {
        if (partitioner == LanePartitioner.ANY) {
            return;
        }
        int home = JobPartition.of(job, lanes);
        if (partition != home) {
            throw new InvalidEventException(
                    "job %s belongs in partition %s of %s, where Kafka's default partitioner (murmur2) puts its key, but lies in partition %s; clients on librdkafka (Python, Go, C#, Rust, kcat) need partitioner=murmur2_random"
                            .formatted(job, home, lanes, partition));
        }
    }
}
