package io.yardmaster.client;

import org.apache.kafka.common.TopicPartition;

/**
 * Hears what became of each assignment: one of {@code completed}, {@code failed} and {@code dropped}, exactly once per
 * delivery and only after its handler (if it was started) has returned. What is completed or failed is committed
 * (in a share group: accepted) afterwards: a crash in between delivers and reports it again.
 *
 * <p>Called by worker threads and the poll thread, several at once. An exception thrown here stops the execution
 * manager and leaves the assignment uncommitted.
 */
public interface ReportListener {
    ReportListener NONE = new ReportListener() {};

    default void completed(Assignment assignment) {}

    /** The handler threw on each of so many tries; the assignment is not delivered again. */
    default void failed(Assignment assignment, Exception lastError, int tries) {}

    default void dropped(Assignment assignment, DropReason reason) {}

    /**
     * Share groups only, besides {@code dropped}: the assignment was not finished, and as this was the last of so many
     * deliveries that the group allows, Kafka delivers it to nobody any more. If it still matters, the storage must send
     * it again with a higher attempt.
     */
    default void exhausted(Assignment assignment, int deliveries) {}

    /** A record of the dispatch topic that is no assignment; it was skipped, in a share group rejected. */
    default void unreadable(TopicPartition partition, long offset, String reason) {}
}
