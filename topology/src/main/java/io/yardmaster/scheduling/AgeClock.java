package io.yardmaster.scheduling;

/**
 * How long the scheduler has lived, in ms, summed up from the differences between wall-clock readings. One difference
 * counts for a minute at most and never for less than nothing, so that a clock that jumps, in either direction, neither
 * ends all waits at once nor makes them longer (S9). Time in which no scheduler runs does not count.
 */
final class AgeClock {
    private static final long LONGEST_STEP = 60_000;

    private final long resolution;
    private long age;
    private long latest;
    private boolean started;

    /** Its age grows in steps of {@code resolution} ms or more; between them nothing needs to be stored. */
    AgeClock(long resolution) {
        this.resolution = resolution;
    }

    long age() {
        return age;
    }

    /** Returns whether anything changed that must be stored. */
    boolean advance(long now) {
        if (!started || now < latest) {
            started = true;
            latest = now;
            return true;
        }
        if (now - latest < resolution) {
            return false;
        }
        age += Math.min(now - latest, LONGEST_STEP);
        latest = now;
        return true;
    }

    void write(RecordWriter writer) {
        writer.unsigned(age).flag(started).signed(latest);
    }

    void read(RecordReader reader) {
        age = reader.unsigned();
        started = reader.flag();
        latest = reader.signed();
    }
}
