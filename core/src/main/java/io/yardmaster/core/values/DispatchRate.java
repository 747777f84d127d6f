package io.yardmaster.core.values;

/**
 * A bound for the speed at which tasks are offered (L7): in any time t at most burst + perSecond · t.
 *
 * @param perSecond above 0, up to {@link #MOST}
 * @param burst as many may be offered at once: 1 or more, and as many as come in 10^9 seconds at most
 */
public record DispatchRate(double perSecond, long burst) {
    /** The highest rate. */
    public static final double MOST = 1_000_000;

    /** The largest burst. */
    public static final long MOST_BURST = 1_000_000;

    private static final double LONGEST_SECONDS = 1e9;
    private static final double NANOS = 1e9;

    public DispatchRate {
        if (!(perSecond > 0 && perSecond <= MOST)) {
            throw new IllegalArgumentException("a rate must be above 0 and up to " + MOST + ", not " + perSecond);
        }
        if (burst < 1 || burst > MOST_BURST || burst / perSecond > LONGEST_SECONDS) {
            throw new IllegalArgumentException("a burst must be from 1 to " + MOST_BURST + ", not " + burst);
        }
    }

    /** The nanoseconds from one task to the next at this rate, rounded up. */
    public long interval() {
        return (long) Math.ceil(NANOS / perSecond);
    }

    /** The part that each of so many schedulers may use: of a burst at least one task. */
    public DispatchRate part(int schedulers) {
        return schedulers == 1 ? this : new DispatchRate(perSecond / schedulers, Math.max(1, burst / schedulers));
    }
}
