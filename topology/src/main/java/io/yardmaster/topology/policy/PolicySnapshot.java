package io.yardmaster.topology.policy;

import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The whole policy at one time.
 *
 * @param live what decisions read of it
 * @param rows its entries, in the order of their keys
 * @param problems a sentence for each part of the topic that is ignored
 */
public record PolicySnapshot(LivePolicy live, List<PolicyRow> rows, List<String> problems) {
    /** The most entries that limit something: shards tell each other of all that are in use. */
    public static final int MOST_LIMITS = 1_000;

    /** Without entries. */
    public static final PolicySnapshot NONE = new PolicySnapshot(LivePolicy.NONE, List.of(), List.of());

    static PolicySnapshot of(Collection<PolicyRow> rows, List<String> problems) {
        List<PolicyRow> sorted =
                rows.stream().sorted(Comparator.comparing(PolicyRow::key)).toList();
        SortedMap<PolicyKey, SortedMap<String, Object>> entries = new TreeMap<>();
        List<String> all = new ArrayList<>(problems);
        long limits = 0;
        for (PolicyRow row : sorted) {
            if (row.capacity().isPresent() && ++limits > MOST_LIMITS) {
                all.add(row.key() + ": more than " + MOST_LIMITS + " entries limit something; its limit is ignored");
            }
            entries.put(row.key(), row.fields());
        }
        return new PolicySnapshot(live(entries), sorted, List.copyOf(all));
    }

    /** The number of entries that limit something. */
    public static long limits(Map<PolicyKey, ? extends Map<String, Object>> entries) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().containsKey(PolicyRow.limitingField(entry.getKey())))
                .count();
    }

    private static String limitKey(PolicyKey key) {
        return switch (key.kind()) {
            case GROUP -> LimitKeys.ofGroup(Long.parseLong(key.id()));
            case LIMIT -> LimitKeys.named(key.id());
            case TASKS -> key.id();
        };
    }

    /** The part of these entries that decisions read; of limits the first {@value #MOST_LIMITS}. */
    public static LivePolicy live(SortedMap<PolicyKey, SortedMap<String, Object>> entries) {
        Map<Long, Double> weights = new TreeMap<>();
        Map<String, Long> limits = new TreeMap<>();
        entries.forEach((key, fields) -> {
            if (key.kind() == PolicyKind.GROUP && fields.get(PolicyKind.WEIGHT) instanceof Double weight) {
                weights.put(Long.parseLong(key.id()), weight);
            }
            if (fields.get(PolicyRow.limitingField(key)) instanceof Long units && limits.size() < MOST_LIMITS) {
                limits.put(limitKey(key), units);
            }
        });
        return new LivePolicy(weights, limits);
    }
}
