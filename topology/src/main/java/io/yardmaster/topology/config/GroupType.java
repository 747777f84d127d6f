package io.yardmaster.topology.config;

/** Kind of the Kafka group in which the execution managers read assignments. */
public enum GroupType {
    /** A consumer group: each partition has one member, and all assignments below the committed offset are taken. */
    CONSUMER,
    /** A share group (KIP-932): members share partitions, and acknowledge assignments one by one. */
    SHARE
}
