package io.yardmaster.core.order;

/**
 * In which rounds a group whose weight is less than 1 has a turn: as evenly as whole turns can be. What is left of a turn in
 * a round without one is carried over, as in deficit round robin (Shreedhar and Varghese, 1995).
 */
public final class DeficitCounter {
    /** A weight counts as at least one part of so many, so that a round without a turn is followed by one soon. */
    public static final int MOST_ROUNDS = 1_024;

    private static final int WHOLE = MOST_ROUNDS << 10;

    private int weight = WHOLE;
    /** Parts of a turn that the rounds without one left over. */
    private int saved;

    void weigh(double share) {
        weight = (int) Math.max(WHOLE / MOST_ROUNDS, Math.min(WHOLE, Math.round(share * WHOLE)));
    }

    /** Its weight in parts of a turn, see {@link #turns}. */
    int parts() {
        return weight;
    }

    /** How many turns so many parts are. */
    static double turns(long parts) {
        return (double) parts / WHOLE;
    }

    boolean isDue() {
        return saved + weight >= WHOLE;
    }

    /** The group's place in the round is over, with or without a turn. */
    void pass() {
        saved += isDue() ? weight - WHOLE : weight;
    }

    int saved() {
        return saved;
    }

    void restore(int before) {
        saved = before;
    }
}
