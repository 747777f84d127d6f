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
        return key.kind() != PolicyKind.POOL && fields.get(limitingField(key)) instanceof Long units
                ? Optional.of(units)
                : Optional.empty();
    }

    /** Returns whether it is a pool of which nothing is dispatched. */
    public boolean isPaused() {
        return Boolean.TRUE.equals(fields.get(PolicyKind.PAUSED));
    }

    /** Returns whether it is a pool whose tasks the scheduler places on hosts. */
    public boolean placesOnHosts() {
        return key.kind() == PolicyKind.POOL && placesOnHosts(fields);
    }

    static boolean placesOnHosts(Map<String, Object> fields) {
        return PolicyKind.HOSTS.equals(fields.get(PolicyKind.PLACEMENT));
    }

    /**
     * The most assignments of a pool that may be outstanding at once.
     *
     * @param windows unless the entry has one
     */
    static long capacityOfPool(Map<String, Object> fields, PoolWindows windows) {
        if (Boolean.TRUE.equals(fields.get(PolicyKind.PAUSED))) {
            return 0;
        }
        boolean placed = placesOnHosts(fields);
        long unlessSet = placed ? windows.placed() : windows.other();
        long own = fields.get(PolicyKind.WINDOW) instanceof Long set ? set : unlessSet;
        long most = placed ? Math.min(PoolWindows.MOST_PLACED, own) : own;
        return fields.get(PolicyKind.MOST_TASKS) instanceof Long tasks ? Math.min(tasks, most) : most;
    }

    /** The field by which an entry limits something that is no pool. */
    static String limitingField(PolicyKey key) {
        return key.kind() == PolicyKind.GROUP ? PolicyKind.MOST_TASKS : PolicyKind.CAPACITY;
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
