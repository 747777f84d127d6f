package io.yardmaster.topology.policy;

import io.yardmaster.core.values.LivePolicy;
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
    /** Without entries. */
    public static final PolicySnapshot NONE = new PolicySnapshot(LivePolicy.NONE, List.of(), List.of());

    static PolicySnapshot of(Collection<PolicyRow> rows, List<String> problems) {
        SortedMap<PolicyKey, SortedMap<String, Object>> entries = new TreeMap<>();
        rows.forEach(row -> entries.put(row.key(), row.fields()));
        return new PolicySnapshot(
                live(entries),
                rows.stream().sorted(Comparator.comparing(PolicyRow::key)).toList(),
                List.copyOf(problems));
    }

    /** The part of these entries that decisions read. */
    public static LivePolicy live(SortedMap<PolicyKey, SortedMap<String, Object>> entries) {
        Map<Long, Double> weights = new TreeMap<>();
        entries.forEach((key, fields) -> {
            if (key.kind() == PolicyKind.GROUP && fields.get(PolicyKind.WEIGHT) instanceof Double weight) {
                weights.put(Long.parseLong(key.id()), weight);
            }
        });
        return new LivePolicy(weights);
    }
}
