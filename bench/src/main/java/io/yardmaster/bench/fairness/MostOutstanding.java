package io.yardmaster.bench.fairness;

import io.yardmaster.bench.fairness.PacedFleet.TakenBatch;
import java.util.List;
import java.util.TreeMap;

/** The most assignments outstanding at once: appended, and not covered by a commit that the fleet had sent. */
final class MostOutstanding {
    private MostOutstanding() {}

    /**
     * Never more than the truth: a commit counts from the time at which it was sent, and within one millisecond before
     * appended assignments.
     */
    static long of(List<Seen> seen, List<TakenBatch> taken) {
        TreeMap<Long, long[]> byMillisecond = new TreeMap<>();
        taken.forEach(few -> byMillisecond.computeIfAbsent(few.at(), at -> new long[2])[0] += few.count());
        seen.forEach(one -> byMillisecond.computeIfAbsent(one.at(), at -> new long[2])[1]++);
        long out = 0;
        long most = 0;
        for (long[] change : byMillisecond.values()) {
            out += change[1] - change[0];
            most = Math.max(most, out);
        }
        return most;
    }
}
