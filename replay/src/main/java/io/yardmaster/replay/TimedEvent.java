package io.yardmaster.replay;

import io.yardmaster.core.values.Event;

/**
 * An event of a recorded day.
 *
 * @param at epoch milliseconds at which the scheduler got it
 * @param work the recording of the tasks of the event's job; the latest one that is not {@link RecordedWork#NONE} counts for all
 *     tasks of the job that are dispatched from then on
 */
public record TimedEvent(long at, Event event, RecordedWork work) {
    /** An event of whose tasks nothing was recorded, or which has none. */
    public TimedEvent(long at, Event event) {
        this(at, event, RecordedWork.NONE);
    }
}
