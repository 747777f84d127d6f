package io.yardmaster.core.placement;

/**
 * A task that loses its place to one of higher priority.
 *
 * @param victim its booking, which ends
 * @param by the booking for which it ends, the first one of a gang
 */
public record Preempted(Booking victim, Booking by) {
    /** The reason for people, in one line. */
    String reason() {
        return "preempted for task %s of job %s, of priority %s"
                .formatted(by.task().task(), by.task().job(), by.priority());
    }
}
