package io.yardmaster.app.demo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Jain's fairness index of what competing parties (jobs, or resource groups) received.
 *
 * <p>The run is cut into windows. A window counts the assignments of those parties that had tasks waiting all through
 * it, for only they competed; it ends when they have received 8 each on average, and is given up when fewer than two of
 * them are left. Its index is {@code (x1 + ... + xn)² / (n (x1² + ... + xn²))}, where {@code xi} is what party i received
 * in it: 1 when all received the same, {@code 1/n} when one received everything. The index of the run is the mean of its
 * windows, weighted with their assignments. Equal turns give about 0.99 or more, as 8 turns are not always 8 assignments.
 */
final class FairnessMeter {
    private static final int ASSIGNMENTS_EACH = 8;

    private final Map<Long, Integer> waiting = new HashMap<>();
    private final Set<Long> competing = new HashSet<>();
    private final Map<Long, Integer> received = new HashMap<>();
    private long inWindow;
    private long inAllWindows;
    private double weightedSum;

    /** So many more tasks of this party wait. */
    void ready(long party, int tasks) {
        waiting.merge(party, tasks, Integer::sum);
        if (inWindow == 0) {
            openWindow();
        }
    }

    /** One waiting task of this party was assigned. */
    void assigned(long party) {
        if (competing.contains(party)) {
            received.merge(party, 1, Integer::sum);
            inWindow++;
            if (inWindow >= (long) ASSIGNMENTS_EACH * competing.size()) {
                closeWindow();
            }
        }
        withdrawn(party, 1);
    }

    /** So many tasks of this party wait no more, though they were not assigned. */
    void withdrawn(long party, int tasks) {
        int left = waiting.merge(party, -tasks, Integer::sum);
        if (left <= 0) {
            waiting.remove(party);
            if (competing.remove(party)) {
                inWindow -= received.getOrDefault(party, 0);
            }
        }
        if (competing.size() < 2) {
            openWindow();
        }
    }

    /** Empty while there was no window in which two parties competed. */
    OptionalDouble index() {
        return inAllWindows == 0 ? OptionalDouble.empty() : OptionalDouble.of(weightedSum / inAllWindows);
    }

    private void openWindow() {
        competing.clear();
        competing.addAll(waiting.keySet());
        received.clear();
        inWindow = 0;
    }

    private void closeWindow() {
        double sumOfSquares = 0;
        for (long party : competing) {
            double got = received.getOrDefault(party, 0);
            sumOfSquares += got * got;
        }
        double index = (double) inWindow * inWindow / (competing.size() * sumOfSquares);
        weightedSum += index * inWindow;
        inAllWindows += inWindow;
        openWindow();
    }
}
