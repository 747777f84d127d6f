package io.yardmaster.app.demo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Jain's fairness index of the assignments that competing parties (jobs, or resource groups) received.
 *
 * <p>The run is cut into intervals. An interval counts the assignments of those parties that had tasks waiting all through
 * it, for only they competed; it ends when they have received 8 each on average, and is given up when fewer than two of
 * them are left. Its index is {@code (x1 + ... + xn)² / (n (x1² + ... + xn²))}, where party i received {@code xi} of them:
 * 1 when all received the same, {@code 1/n} when one received everything. The index of the run is the mean of its
 * intervals, weighted with their assignments. Equal turns give about 0.99 or more, as 8 turns are not always 8 assignments.
 */
final class FairnessMeter {
    private static final int ASSIGNMENTS_EACH = 8;

    private final Map<Long, Integer> waiting = new HashMap<>();
    private final Set<Long> competing = new HashSet<>();
    private final Map<Long, Integer> received = new HashMap<>();
    private long inInterval;
    private long inAllIntervals;
    private double weightedSum;

    /** Adds waiting tasks of this party. */
    void ready(long party, int tasks) {
        waiting.merge(party, tasks, Integer::sum);
        if (inInterval == 0) {
            beginInterval();
        }
    }

    /** Counts an assignment of a waiting task of this party. */
    void assigned(long party) {
        if (competing.contains(party)) {
            received.merge(party, 1, Integer::sum);
            inInterval++;
            if (inInterval >= (long) ASSIGNMENTS_EACH * competing.size()) {
                endInterval();
            }
        }
        withdrawn(party, 1);
    }

    /** Removes waiting tasks of this party that were not assigned. */
    void withdrawn(long party, int tasks) {
        int left = waiting.merge(party, -tasks, Integer::sum);
        if (left <= 0) {
            waiting.remove(party);
            if (competing.remove(party)) {
                inInterval -= received.getOrDefault(party, 0);
            }
        }
        if (competing.size() < 2) {
            beginInterval();
        }
    }

    /** Empty as long as no two parties have competed for a whole interval. */
    OptionalDouble index() {
        return inAllIntervals == 0 ? OptionalDouble.empty() : OptionalDouble.of(weightedSum / inAllIntervals);
    }

    private void beginInterval() {
        competing.clear();
        competing.addAll(waiting.keySet());
        received.clear();
        inInterval = 0;
    }

    private void endInterval() {
        double sumOfSquares = 0;
        for (long party : competing) {
            double got = received.getOrDefault(party, 0);
            sumOfSquares += got * got;
        }
        double index = (double) inInterval * inInterval / (competing.size() * sumOfSquares);
        weightedSum += index * inInterval;
        inAllIntervals += inInterval;
        beginInterval();
    }
}
