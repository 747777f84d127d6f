package io.yardmaster.core.order;

import java.util.TreeMap;

/** The weights of the groups in a rotation: their sum, and the largest. */
final class SeatedWeights {
    private final boolean given;
    /** The number of groups of each weight; empty unless weights are given. */
    private final TreeMap<Long, Integer> counts = new TreeMap<>();

    private long sum;
    private long heaviest;

    /** @param given whether turns are in proportion to the heaviest group, or else to {@link TurnWeights#ONE} */
    SeatedWeights(boolean given) {
        this.given = given;
        this.heaviest = given ? 0 : TurnWeights.ONE;
    }

    void add(long weight) {
        sum += weight;
        if (given) {
            counts.merge(weight, 1, Integer::sum);
            heaviest = counts.lastKey();
        }
    }

    void remove(long weight) {
        sum -= weight;
        if (given) {
            counts.merge(weight, -1, (count, less) -> count + less == 0 ? null : count + less);
            heaviest = counts.isEmpty() ? 0 : counts.lastKey();
        }
    }

    /** The weight of a group that has a turn in every round; 0 if there is none. */
    long heaviest() {
        return heaviest;
    }

    /** The average number of turns in a round. */
    double perRound() {
        return heaviest == 0 ? 0 : (double) sum / heaviest;
    }
}
