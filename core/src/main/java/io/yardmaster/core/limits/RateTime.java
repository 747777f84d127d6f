package io.yardmaster.core.limits;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;

/**
 * The time from which on the owner of a rate has a whole burst again, and the rate from which it came.
 *
 * @param due the age of the scheduler, in ns, from which on a whole burst is there again
 * @param interval of the rate from which the time came, in ns; 0 if that is not known
 * @param burst of that rate, in tasks; 0 if that is not known
 */
record RateTime(long due, long interval, long burst) {
    static final RateTime NONE = new RateTime(0, 0, 0);

    /** Reads what {@link #write} wrote; versions before had only the time. */
    static RateTime read(StateReader reader) {
        long due = reader.unsigned();
        return reader.hasMore() ? new RateTime(due, reader.unsigned(), reader.unsigned()) : new RateTime(due, 0, 0);
    }

    StateWriter write(StateWriter writer) {
        return writer.unsigned(due).unsigned(interval).unsigned(burst);
    }

    boolean isUnder(long sameInterval, long sameBurst) {
        return interval == sameInterval && burst == sameBurst;
    }
}
