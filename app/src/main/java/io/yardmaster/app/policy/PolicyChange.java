package io.yardmaster.app.policy;

import io.yardmaster.topology.policy.PolicyField;
import io.yardmaster.topology.policy.PolicyKey;
import io.yardmaster.topology.policy.PolicyRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An entry that differs between two policies.
 *
 * @param before its fields; none if it was not there
 * @param after its fields; none if it is withdrawn
 */
public record PolicyChange(PolicyKey key, SortedMap<String, Object> before, SortedMap<String, Object> after) {

    /** The changes that make one policy of the other, in the order of the keys. */
    public static List<PolicyChange> between(
            SortedMap<PolicyKey, PolicyRow> now, SortedMap<PolicyKey, SortedMap<String, Object>> wanted) {
        TreeSet<PolicyKey> keys = new TreeSet<>(now.keySet());
        keys.addAll(wanted.keySet());
        List<PolicyChange> changes = new ArrayList<>();
        for (PolicyKey key : keys) {
            boolean isThere = now.containsKey(key);
            SortedMap<String, Object> before = isThere ? now.get(key).fields() : new TreeMap<>();
            SortedMap<String, Object> after = wanted.getOrDefault(key, new TreeMap<>());
            if (!before.equals(after) || isThere != wanted.containsKey(key)) {
                changes.add(new PolicyChange(key, before, after));
            }
        }
        return changes;
    }

    /** Returns whether the entry is withdrawn. */
    public boolean withdraws() {
        return after.isEmpty();
    }

    /** {@code + group/7 weight=2}, {@code - group/7 weight=2} or {@code ~ group/7 weight=1 -> 2}. */
    public String line() {
        if (withdraws()) {
            return ("- " + key + " " + PolicyRow.fieldsText(before)).strip();
        }
        return before.isEmpty()
                ? "+ " + key + " " + PolicyRow.fieldsText(after)
                : "~ " + key + " " + names().stream().map(this::difference).collect(Collectors.joining(" "));
    }

    private List<String> names() {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .toList();
    }

    private String difference(String name) {
        return name + "=" + text(before, name) + " -> " + text(after, name);
    }

    private static String text(Map<String, Object> fields, String name) {
        return fields.containsKey(name) ? PolicyField.text(fields.get(name)) : "unset";
    }
}
