package io.yardmaster.app.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.yardmaster.topology.views.InstanceSnapshot;
import io.yardmaster.topology.views.Rate;
import io.yardmaster.topology.views.RateHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rates of all instances together in the last ten minutes. */
final class Rates {
    private Rates() {}

    static ArrayNode json(DeploymentSnapshot gathered) {
        SortedMap<Long, List<Rate>> bySlice = new TreeMap<>();
        for (InstanceSnapshot snapshot : gathered.snapshots()) {
            snapshot.rates().forEach(rate -> bySlice.computeIfAbsent(rate.slice(), slice -> new ArrayList<>())
                    .add(rate));
        }
        long oldest = gathered.atMs() / RateHistory.SLICE_MS - RateHistory.SLICES;
        ArrayNode json = Json.MAPPER.createArrayNode();
        bySlice.tailMap(oldest).forEach((slice, rates) -> {
            if (json.size() < RateHistory.SLICES) {
                double assigned = rates.stream().mapToLong(Rate::assigned).sum();
                json.addObject()
                        .put("at_ms", (slice + 1) * RateHistory.SLICE_MS)
                        .put("assignments_per_s", assigned * 1_000 / RateHistory.SLICE_MS)
                        .put("waiting_p50_ms", quantile(rates, 0.5))
                        .put("waiting_p99_ms", quantile(rates, 0.99));
            }
        });
        return json;
    }

    private static Long quantile(List<Rate> rates, double part) {
        long value = RateHistory.quantile(rates, part);
        return value < 0 ? null : value;
    }
}
