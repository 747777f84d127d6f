package io.yardmaster.topology.config;

/** In what kind of Kafka group the execution managers read assignments. */
public enum GroupType {
    /** A consumer group: a partition is one member's, and a committed offset says that all before it was taken. */
    CONSUMER,
    /** A share group (KIP-932): members share partitions, and acknowledge assignments one by one. */
    SHARE
}
