package io.yardmaster.client;

import org.apache.kafka.common.TopicPartition;

/**
 * Hears how each assignment ended: one of {@code completed}, {@code failed}, {@code dropped} and {@code killed}, exactly
 * once per delivery and only after its handler (if it was started) has returned. A completed, failed or killed assignment
 * is committed (in a share group: accepted) afterwards: a crash in between delivers and reports it again.
 *
 * <p>Called by worker threads and the poll thread, several at once. An exception thrown here stops the execution
 * manager and leaves the assignment uncommitted.
 */
public interface ReportListener {
    ReportListener NONE = new ReportListener() {};

    default void completed(Assignment assignment) {}

    /** The handler threw on each of its {@code tries}; the assignment is not delivered again. */
    default void failed(Assignment assignment, Exception lastError, int tries) {}

    default void dropped(Assignment assignment, DropReason reason) {}

    /**
     * A kill named the assignment. Calls {@code dropped} unless it is overridden.
     *
     * @param reason the kill's; may be empty, and is shortened beyond 200 characters
     * @param by who asked for the kill; likewise
     */
    default void killed(Assignment assignment, String reason, String by) {
        dropped(assignment, DropReason.KILLED);
    }

    /**
     * Share groups only, besides {@code dropped}: the assignment was not finished, and this was the last of the
     * {@code deliveries} that the group allows, so Kafka does not deliver it again. If it still matters, the storage
     * must send it again with a higher attempt.
     */
    default void exhausted(Assignment assignment, int deliveries) {}

    /** A record of the dispatch topic that is no assignment; it was skipped, in a share group rejected. */
    default void unreadable(TopicPartition partition, long offset, String reason) {}
}
