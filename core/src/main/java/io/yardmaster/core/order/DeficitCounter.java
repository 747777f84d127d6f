package io.yardmaster.core.order;

/**
 * Decides in which rounds a group whose weight is less than 1 has a turn, as evenly as whole turns allow. Each round adds the
 * weight to a counter and each turn takes 1 from it, as in deficit round robin (Shreedhar and Varghese, 1995).
 */
public final class DeficitCounter {
    /** A weight counts as at least 1 / {@code MOST_ROUNDS}, so that the group has a turn in one of so many rounds. */
    public static final int MOST_ROUNDS = 1_024;

    private static final int WHOLE = (int) TurnWeights.ONE;

    private int weight = WHOLE;
    /** The parts of a turn that the rounds without a turn have added up to. */
    private int saved;

    /** Sets the weight to {@code units} / {@code heaviest}. */
    void weigh(long units, long heaviest) {
        long scaled = (units * WHOLE + heaviest / 2) / heaviest;
        weight = (int) Math.max(WHOLE / MOST_ROUNDS, Math.min(WHOLE, scaled));
    }

    boolean isDue() {
        return saved + weight >= WHOLE;
    }

    /** Ends the group's part of the round, with or without a turn. */
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
