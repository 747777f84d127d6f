package io.yardmaster.client;

import org.apache.kafka.common.TopicPartition;

/**
 * Hears how each assignment ended: one of {@code completed}, {@code failed}, {@code refused}, {@code dropped} and
 * {@code killed}, exactly once per delivery and only after its handler (if it was started) has returned. A completed,
 * failed, refused or killed assignment is committed (in a share group: accepted) afterwards, once its outcome is written: a
 * crash in between delivers and reports it again, and so does a stop while outcomes cannot be written.
 *
 * <p>Called by worker threads and the poll thread, several at once. An exception thrown here stops the execution
 * manager and leaves the assignment uncommitted.
 */
public interface ReportListener {
    ReportListener NONE = new ReportListener() {};

    default void completed(Assignment assignment) {}

    /**
     * The handler threw on each of its {@code tries}, or a {@link TaskFailedException}, or it ran longer than the
     * assignment's {@link Assignment#timeout()}: {@code lastError} is then a {@code TaskFailedException} that says so,
     * and its cause the handler's exception, if there was one. The assignment is not delivered again.
     */
    default void failed(Assignment assignment, Exception lastError, int tries) {}

    /** The handler threw a {@link TaskRefusedException}; the scheduler offers the task again in another assignment. */
    default void refused(Assignment assignment, String reason) {}

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

    /**
     * A record of the dispatch topic that is no assignment of the scheduler's; it was skipped, in a share group rejected. An assignment
     * that cannot be read is never passed over: the execution manager stops with an {@link UnreadableAssignmentException}.
     */
    default void unreadable(TopicPartition partition, long offset, String reason) {}
}
