package io.yardmaster.topology.config;

import java.util.Optional;

/**
 * Maximum number of outstanding assignments: a number, or as many as the fleet takes in a second. The latter keeps a
 * fast fleet busy, although the scheduler knows only after tens of milliseconds that an assignment was taken; and a new
 * job waits behind at most a second's work of a slow fleet, unless {@code least} is more than that.
 *
 * @param least 1 or more
 * @param most not below {@code least}; never exceeded
 */
public record Capacity(int least, int most) {
    static final String AUTO = "auto";

    private static final Capacity OF_A_SECOND = new Capacity(1_024, 65_536);

    /** A fixed capacity. */
    public static Capacity of(int number) {
        return new Capacity(number, number);
    }

    static Optional<Capacity> parse(String text, Kind<Integer> number) {
        return text.equals(AUTO)
                ? Optional.of(OF_A_SECOND)
                : number.parse().apply(text).map(Capacity::of);
    }

    /** The capacity for a fleet that takes {@code perSecond} assignments in a second. */
    public int at(long perSecond) {
        return (int) Math.max(least, Math.min(most, perSecond));
    }

    /** The value as the settings write it. */
    @Override
    public String toString() {
        return least == most ? Integer.toString(least) : AUTO;
    }
}
