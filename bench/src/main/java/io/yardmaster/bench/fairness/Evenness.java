package io.yardmaster.bench.fairness;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import java.util.function.ToLongFunction;

/** Measures how evenly assignments are spread in intervals of time. */
final class Evenness {
    /** An interval begins at each multiple of this, because S16 is about any ten seconds, not about those of a grid. */
    static final int STEP_MILLIS = 100;

    private Evenness() {}

    /** The ratio of most to least assignments in an interval; infinite if one party got none. */
    record Ratios(double worst, double median) {}

    /**
     * Looks at each interval in [from, to).
     *
     * @param of the party that gets an assignment
     * @param weight by which the assignments of a party are divided
     * @param everybody the parties that should get some
     * @param intervalMillis a multiple of the step
     */
    static Ratios ratios(
            List<Seen> seen,
            ToLongFunction<Seen> of,
            LongToDoubleFunction weight,
            Collection<Long> everybody,
            long from,
            long to,
            long intervalMillis) {
        int steps = Math.toIntExact((to - from) / STEP_MILLIS);
        int width = Math.toIntExact(intervalMillis / STEP_MILLIS);
        Map<Long, int[]> perStep = new HashMap<>();
        everybody.forEach(one -> perStep.put(one, new int[steps]));
        for (Seen assignment : seen) {
            int[] counts = perStep.get(of.applyAsLong(assignment));
            long step = Math.floorDiv(assignment.at() - from, (long) STEP_MILLIS);
            if (counts != null && step >= 0 && step < steps) {
                counts[(int) step]++;
            }
        }
        double[] least = new double[steps - width + 1];
        double[] most = new double[steps - width + 1];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (Map.Entry<Long, int[]> party : perStep.entrySet()) {
            int[] counts = party.getValue();
            double share = weight.applyAsDouble(party.getKey());
            long sum = Arrays.stream(counts, 0, width).sum();
            for (int interval = 0; interval < least.length; interval++) {
                if (interval > 0) {
                    sum += counts[interval + width - 1] - counts[interval - 1];
                }
                least[interval] = Math.min(least[interval], sum / share);
                most[interval] = Math.max(most[interval], sum / share);
            }
        }
        double[] ratios = new double[least.length];
        Arrays.setAll(
                ratios, interval -> least[interval] == 0 ? Double.POSITIVE_INFINITY : most[interval] / least[interval]);
        Arrays.sort(ratios);
        return new Ratios(ratios[ratios.length - 1], ratios[ratios.length / 2]);
    }

    /** Assignments per second in [from, to). */
    static double rate(List<Seen> seen, long from, long to) {
        return 1_000.0
                * seen.stream().filter(one -> one.at() >= from && one.at() < to).count()
                / (to - from);
    }
}
