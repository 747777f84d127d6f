package io.yardmaster.replay.forecast;

import io.yardmaster.core.values.StageTimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Draws how long tasks take: as long as one of the recorded tasks of stages of the same name in the same resource group. Where fewer than
 * {@value #ENOUGH} are recorded, the drawn time is multiplied by a factor between a half and two, as so few show too small a spread.
 * Where none is recorded, the time is exponentially distributed; its mean is that of all recorded times, or 1 s if there are none.
 */
public final class TaskTimes {
    /** From so many recorded times on, their own spread counts. */
    static final int ENOUGH = 8;

    /** The mean of the assumed times in ms, if nothing at all is recorded. */
    static final long ASSUMED = 1_000;

    private record Kind(long group, String stage) {}

    private final Map<Kind, long[]> recorded = new HashMap<>();
    private final double mean;

    /** @param times several entries of the same stages count together */
    public TaskTimes(List<StageTimes> times) {
        Map<Kind, List<Long>> byKind = new HashMap<>();
        for (StageTimes one : times) {
            byKind.computeIfAbsent(new Kind(one.group(), one.stage()), kind -> new ArrayList<>())
                    .addAll(one.millis());
        }
        byKind.forEach((kind, all) -> {
            if (!all.isEmpty()) {
                recorded.put(
                        kind, all.stream().mapToLong(Long::longValue).sorted().toArray());
            }
        });
        this.mean = recorded.values().stream()
                .flatMapToLong(Arrays::stream)
                .average()
                .orElse(ASSUMED);
    }

    /** The number of recorded times of such tasks. */
    public int recorded(long group, String stage) {
        long[] times = recorded.get(new Kind(group, stage));
        return times == null ? 0 : times.length;
    }

    /** The mean of the assumed times of tasks of which nothing is recorded, in ms. */
    public long assumed() {
        return Math.round(mean);
    }

    /** The time that a task takes, in ms, 0 or more. */
    long draw(long group, String stage, SplittableRandom random) {
        long[] times = recorded.get(new Kind(group, stage));
        return times == null ? assumed(random) : varied(times[random.nextInt(times.length)], times, random);
    }

    /** The time that a task still takes which has run for so long, in ms, 0 or more. */
    long left(long group, String stage, long elapsed, SplittableRandom random) {
        long[] times = recorded.get(new Kind(group, stage));
        if (times == null) {
            return assumed(random); // an exponential distribution has no memory
        }
        int longer = Arrays.binarySearch(times, elapsed + 1);
        int first = longer >= 0 ? longer : -longer - 1;
        while (first > 0 && times[first - 1] > elapsed) {
            first--;
        }
        if (first == times.length) {
            // It takes longer than any before: half of the time that it has run, on average.
            return (long) (random.nextDouble() * elapsed);
        }
        return varied(times[first + random.nextInt(times.length - first)] - elapsed, times, random);
    }

    /** The time that a task still takes of which nobody knows when it began: longer ones are met more often. */
    long left(long group, String stage, SplittableRandom random) {
        long[] times = recorded.get(new Kind(group, stage));
        if (times == null) {
            return assumed(random);
        }
        double met = random.nextDouble() * Arrays.stream(times).asDoubleStream().sum();
        int place = 0;
        while (place < times.length - 1 && met >= times[place]) {
            met -= times[place++];
        }
        return (long) (random.nextDouble() * varied(times[place], times, random));
    }

    private long assumed(SplittableRandom random) {
        return (long) (-Math.log(1 - random.nextDouble()) * mean);
    }

    private static long varied(long time, long[] times, SplittableRandom random) {
        return times.length >= ENOUGH ? time : (long) (time * Math.pow(2, 2 * random.nextDouble() - 1));
    }
}
