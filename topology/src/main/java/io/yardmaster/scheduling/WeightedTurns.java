package io.yardmaster.scheduling;

/** In which rounds a group whose weight is less than 1 has a turn: as evenly as whole turns can be. */
final class WeightedTurns {
    /** A weight counts as at least one part of so many, so that a round without a turn is followed by one soon. */
    static final int MOST_ROUNDS = 1_024;

    private static final int WHOLE = MOST_ROUNDS << 10;

    private int weight = WHOLE;
    /** What rounds that were passed over left over, in parts of a turn. */
    private int saved;

    void weigh(double share) {
        weight = (int) Math.max(WHOLE / MOST_ROUNDS, Math.min(WHOLE, Math.round(share * WHOLE)));
    }

    double weight() {
        return (double) weight / WHOLE;
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
