package io.yardmaster.replay;

import java.util.List;
import java.util.Optional;

/** The events of a recorded day, from the first to the last, read while they are asked for. */
public interface Day extends AutoCloseable {
    /**
     * The next event, whose time is not before that of the one before; empty at the end.
     *
     * @throws InvalidDayException if the recording cannot be read further
     */
    Optional<TimedEvent> next();

    /** Sentences about parts of the recording that were left out; complete when the end was reached. */
    default List<String> notes() {
        return List.of();
    }

    /** The changes of the hosts that the deployment had, by their times, known from the beginning; empty if they were not recorded. */
    default List<HostChange> hosts() {
        return List.of();
    }

    /** Frees files; the day ends. */
    @Override
    default void close() {}
}
