package io.yardmaster.client;

import org.apache.kafka.common.TopicPartition;

/**
 * Hears what became of each assignment: one of {@code completed}, {@code failed} and {@code dropped}, exactly once per
 * delivery and only after its handler (if it was started) has returned. What is completed or failed is committed
 * afterwards: a crash in between delivers and reports it again.
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

    /** A record of the dispatch topic that is no assignment; it was skipped. */
    default void unreadable(TopicPartition partition, long offset, String reason) {}
}
