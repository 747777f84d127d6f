package io.yardmaster.topology.policy;

import io.yardmaster.core.values.LivePolicy;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
        Map<Long, Double> weights = new TreeMap<>();
        for (PolicyRow row : rows) {
            if (row.key().kind() == PolicyKind.GROUP && row.fields().get(PolicyKind.WEIGHT) instanceof Double weight) {
                weights.put(Long.parseLong(row.key().id()), weight);
            }
        }
        return new PolicySnapshot(
                new LivePolicy(weights),
                rows.stream().sorted(Comparator.comparing(PolicyRow::key)).toList(),
                List.copyOf(problems));
    }
}
