package io.yardmaster.bench.fairness;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** How evenly assignments are spread in windows of time. */
final class Evenness {
    /** A window begins every so many ms: S16 is about any ten seconds, not about those that fit a grid. */
    static final int STEP_MILLIS = 100;

    private Evenness() {}

    /** The most over the least that anybody got in a window; infinite where somebody got nothing. */
    record Ratios(double worst, double median) {}

    /**
     * Looks at each window in [from, to).
     *
     * @param of who gets an assignment
     * @param everybody who should
     * @param windowMillis a multiple of the step
     */
    static Ratios ratios(
            List<Seen> seen,
            ToLongFunction<Seen> of,
            Collection<Long> everybody,
            long from,
            long to,
            long windowMillis) {
        int steps = Math.toIntExact((to - from) / STEP_MILLIS);
        int width = Math.toIntExact(windowMillis / STEP_MILLIS);
        Map<Long, int[]> perStep = new HashMap<>();
        everybody.forEach(one -> perStep.put(one, new int[steps]));
        for (Seen assignment : seen) {
            int[] counts = perStep.get(of.applyAsLong(assignment));
            long step = Math.floorDiv(assignment.at() - from, (long) STEP_MILLIS);
            if (counts != null && step >= 0 && step < steps) {
                counts[(int) step]++;
            }
        }
        long[] least = new long[steps - width + 1];
        long[] most = new long[steps - width + 1];
        Arrays.fill(least, Long.MAX_VALUE);
        for (int[] counts : perStep.values()) {
            long sum = Arrays.stream(counts, 0, width).sum();
            for (int window = 0; window < least.length; window++) {
                if (window > 0) {
                    sum += counts[window + width - 1] - counts[window - 1];
                }
                least[window] = Math.min(least[window], sum);
                most[window] = Math.max(most[window], sum);
            }
        }
        double[] ratios = new double[least.length];
        Arrays.setAll(
                ratios,
                window -> least[window] == 0 ? Double.POSITIVE_INFINITY : most[window] / (double) least[window]);
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
