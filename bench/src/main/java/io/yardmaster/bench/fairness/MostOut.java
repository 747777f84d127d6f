package io.yardmaster.bench.fairness;

import io.yardmaster.bench.fairness.PacedFleet.Taken;
import java.util.List;
import java.util.TreeMap;

/** The most assignments that were out at once: appended, and told by no commit that the fleet had sent. */
final class MostOut {
    private MostOut() {}

    /**
     * Never more than the truth: a commit counts from when it was sent, and in the same millisecond before what was
     * appended.
     */
    static long of(List<Seen> seen, List<Taken> taken) {
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
