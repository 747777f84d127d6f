package io.yardmaster.topology.policy;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An entry of the policy.
 *
 * @param fields the values of the fields that are set
 * @param by who set it; may be empty
 * @param reason a sentence of whoever set it; may be empty
 * @param atMs when, in epoch ms, by the clock of whoever set it
 */
public record PolicyRow(PolicyKey key, SortedMap<String, Object> fields, String by, String reason, long atMs) {

    /** Keeps a copy of the fields. */
    public PolicyRow {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /** The most units, or tasks, that it allows; empty if it limits nothing. */
    Optional<Long> capacity() {
        return fields.get(limitingField(key)) instanceof Long units ? Optional.of(units) : Optional.empty();
    }

    /** The field of an entry by which it limits something. */
    static String limitingField(PolicyKey key) {
        return key.kind() == PolicyKind.GROUP ? PolicyKind.TASKS_OF_GROUP : PolicyKind.CAPACITY;
    }

    /** The fields as they are typed: {@code weight=2}. */
    public String fieldsText() {
        return fieldsText(fields);
    }

    /** Some fields as they are typed. */
    public static String fieldsText(Map<String, Object> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + PolicyField.text(field.getValue()))
                .collect(Collectors.joining(" "));
    }
}
