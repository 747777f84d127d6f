package io.yardmaster.core.ending;

import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Section;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;

/**
 * How long the scheduler has lived, in ms, summed up from the differences between wall-clock readings. A difference
 * never counts for less than nothing, nor for more than a small part of the shortest expiry, so that a clock that jumps,
 * in either direction, neither ends all waits at once nor makes them longer (S9). Time in which no scheduler runs does
 * not count.
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

    /**
     * Its age grows in steps of at least a tenth of the shortest expiry, or 1 s; between them nothing is stored.
     *
     * @param tickInterval how far apart its readings are, in ms, where nothing is late: two of them always count in full
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

    /** When it was so old, in epoch ms, as far as can be told from how much older it is now. */
    public long timeOf(long earlier) {
        return latest - (age - earlier);
    }

    /** Whether more than {@code millis} have passed since the age was {@code since}: never too early, soon after. */
    boolean passed(long millis, long since) {
        return age - since - resolution >= millis;
    }

    /** The wall clock shows this now, in epoch ms. */
    public void advance(long now) {
        if (!started || now < latest) {
            started = true;
            latest = now;
            ledger.age();
            return;
        }
        long passed = now - latest < 0 ? Long.MAX_VALUE : now - latest;
        if (passed >= resolution) {
            age += Math.min(passed, longestStep);
            latest = now;
            ledger.age();
        }
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

    /** Time goes on. */
    @Override
    public void beginSession() {}
}
