package io.yardmaster.topology.config;

import java.util.Optional;

/**
 * How many assignments may be out and not yet taken: a number, or as many as the fleet takes in a second. The latter keeps
 * a fast fleet busy, although it takes tens of milliseconds until the scheduler knows what was taken, and makes nobody wait
 * behind more than a second's work of a slow one, unless {@code least} is more than that.
 *
 * @param least 1 or more
 * @param most not below {@code least}; never exceeded
 */
public record Capacity(int least, int most) {
    static final String AUTO = "auto";

    private static final Capacity OF_A_SECOND = new Capacity(1_024, 65_536);

    /** This number, however fast the fleet is. */
    public static Capacity of(int number) {
        return new Capacity(number, number);
    }

    static Optional<Capacity> parse(String text, Kind<Integer> number) {
        return text.equals(AUTO)
                ? Optional.of(OF_A_SECOND)
                : number.parse().apply(text).map(Capacity::of);
    }

    /** What holds for a fleet that takes so many in a second. */
    public int at(long perSecond) {
        return (int) Math.max(least, Math.min(most, perSecond));
    }

    /** As it is written in the settings. */
    @Override
    public String toString() {
        return least == most ? Integer.toString(least) : AUTO;
    }
}
