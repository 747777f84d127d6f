package io.yardmaster.app.api;

import io.yardmaster.topology.views.InstanceSnapshot;
import io.yardmaster.topology.views.Rate;
import io.yardmaster.topology.views.RateHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Assignments and waiting times of all instances together in 5 s.
 *
 * @param atMs the end of the 5 s, in epoch ms
 */
public record RatePoint(long atMs, double assignmentsPerS, OptionalLong waitingP50Ms, OptionalLong waitingP99Ms) {

    /** The last ten minutes, oldest first. */
    static List<RatePoint> of(DeploymentSnapshot gathered) {
        SortedMap<Long, List<Rate>> bySlice = new TreeMap<>();
        for (InstanceSnapshot snapshot : gathered.snapshots()) {
            snapshot.rates().forEach(rate -> bySlice.computeIfAbsent(rate.slice(), slice -> new ArrayList<>())
                    .add(rate));
        }
        long oldest = gathered.atMs() / RateHistory.SLICE_MS - RateHistory.SLICES;
        return bySlice.tailMap(oldest).entrySet().stream()
                .limit(RateHistory.SLICES)
                .map(slice -> of(slice.getKey(), slice.getValue()))
                .toList();
    }

    private static RatePoint of(long slice, List<Rate> rates) {
        double assigned = rates.stream().mapToLong(Rate::assigned).sum();
        return new RatePoint(
                (slice + 1) * RateHistory.SLICE_MS,
                assigned * 1_000 / RateHistory.SLICE_MS,
                quantile(rates, 0.5),
                quantile(rates, 0.99));
    }

    private static OptionalLong quantile(List<Rate> rates, double part) {
        long value = RateHistory.quantile(rates, part);
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
