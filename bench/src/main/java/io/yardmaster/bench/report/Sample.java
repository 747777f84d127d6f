package io.yardmaster.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Several measurements of the same quantity.
 *
 * @param values in the order in which they were measured, one or more
 */
public record Sample(List<Double> values) {
    public Sample {
        values = List.copyOf(values);
    }

    public static Sample of(double... values) {
        return new Sample(Arrays.stream(values).boxed().toList());
    }

    /** The value in the middle, which one bad round does not move; of an even number, the mean of the two. */
    public double median() {
        return quantile(0.5);
    }

    public double least() {
        return quantile(0);
    }

    public double most() {
        return quantile(1);
    }

    /**
     * Interpolates linearly between two values.
     *
     * @param part 0 for the least, 1 for the most
     */
    public double quantile(double part) {
        List<Double> sorted = values.stream().sorted().toList();
        double place = part * (sorted.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }

    /** Each value over the one that was measured in the same round. */
    public Sample over(Sample base) {
        return new Sample(IntStream.range(0, values.size())
                .mapToObj(round -> values.get(round) / base.values.get(round))
                .toList());
    }
}
