package io.yardmaster.topology.config;

/** Rule for the partition of its lane in which an event must lie. */
public enum LanePartitioner {
    /** The partition that Kafka's default partitioner chooses for the job. */
    MURMUR2,
    /** Any partition. All events of a job must lie in the same one, which is not checked. */
    ANY
}
