package io.yardmaster.replay.recording;

import io.yardmaster.core.values.Event;
import java.util.OptionalLong;

/** Says which job something is about. */
public final class JobOf {
    private JobOf() {}

    /** The job of an event; empty if it is about none. */
    public static OptionalLong event(Event event) {
        if (event instanceof Event.OfJob ofJob) {
            return OptionalLong.of(ofJob.job());
        }
        if (event instanceof Event.GraphSubmitted graph) {
            return OptionalLong.of(graph.job());
        }
        if (event instanceof Event.Commanded command) {
            return OptionalLong.of(command.job());
        }
        if (event instanceof Event.AssignmentEnded ended) {
            return OptionalLong.of(ended.job());
        }
        return OptionalLong.empty();
    }

    /** Returns whether an entry is an event of this job. */
    public static boolean is(DayEntry entry, long job) {
        return entry instanceof DayEntry.Arrived arrived
                && event(arrived.event()).equals(OptionalLong.of(job));
    }
}
