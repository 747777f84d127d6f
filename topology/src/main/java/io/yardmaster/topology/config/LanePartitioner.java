package io.yardmaster.topology.config;

/** In which partition of its lane an event must lie to be taken. */
public enum LanePartitioner {
    /** Where Kafka's default partitioner puts its job. */
    MURMUR2,
    /** In any, as long as all events of a job lie in the same: which nobody checks. */
    ANY
}
