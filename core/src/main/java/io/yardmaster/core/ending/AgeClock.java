package io.yardmaster.core.ending;

import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Section;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;

/**
 * The scheduler's age in ms: the sum of the differences between wall-clock readings. A negative difference counts as 0, and a
 * large one as a small part of the shortest expiry, so that a clock that jumps in either direction neither ends all gates and
 * memories at once nor makes them hold longer (S9). Time in which no scheduler runs does not count.
 */
public final class AgeClock implements Section {
    private static final int TAG = 4;

    private static final long COARSEST_RESOLUTION = 1_000;
    private static final long LONGEST_STEP = 60_000;

    private final Ledger ledger;
    private final long resolution;
    private final long longestStep;
    private long age;
    private long latest;
    private boolean started;
    /** The time since the latest step, in ms, which is not stored. */
    private long since;

    /**
     * A clock whose age grows in steps of at least min(1 s, {@code shortestExpiry} / 10); between two steps nothing is stored.
     *
     * @param tickInterval the usual time between two readings, in ms; a difference of up to two intervals counts in full
     */
    public AgeClock(long shortestExpiry, long tickInterval, Ledger ledger) {
        this.ledger = ledger;
        this.resolution = Math.max(1, Math.min(COARSEST_RESOLUTION, shortestExpiry / 10));
        this.longestStep = Math.max(2 * tickInterval, Math.max(1, Math.min(LONGEST_STEP, shortestExpiry / 4)));
        ledger.keep(TAG, this);
    }

    public long age() {
        return age;
    }

    /**
     * The age in ms with the time since its latest step. It falls back by up to a step if the clock jumps backwards, or the
     * scheduler is opened anew.
     */
    public long fineAge() {
        return age + since;
    }

    /** The epoch ms at which the age was {@code earlier}, estimated from the present age and time. */
    public long timeOf(long earlier) {
        return latest - (age - earlier);
    }

    /** Returns whether {@code millis} have passed since the age was {@code since}; never too early, and late by up to a step. */
    public boolean passed(long millis, long since) {
        return age - since - resolution >= millis;
    }

    /** Takes a reading of the wall clock, in epoch ms. */
    public void advance(long now) {
        if (!started || now < latest) {
            started = true;
            latest = now;
            since = 0;
            ledger.age();
            return;
        }
        long passed = now - latest < 0 ? Long.MAX_VALUE : now - latest;
        if (passed >= resolution) {
            age += Math.min(passed, longestStep);
            latest = now;
            ledger.age();
        }
        since = now - latest;
    }

    @Override
    public void write(StateWriter writer) {
        writer.unsigned(age).flag(started).signed(latest);
    }

    @Override
    public void read(StateReader reader) {
        age = reader.unsigned();
        started = reader.flag();
        latest = reader.signed();
    }

    /** Changes nothing: the age goes on. */
    @Override
    public void beginSession() {}
}
