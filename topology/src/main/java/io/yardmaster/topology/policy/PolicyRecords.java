package io.yardmaster.topology.policy;

import io.yardmaster.schemas.PolicyEntry;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** Entries of the policy as records of the policy topic. */
public final class PolicyRecords {
    /** Fields of the schema that say how an entry came about. */
    private static final Set<String> ABOUT = Set.of("by", "reason", "at", "fields");

    private PolicyRecords() {}

    /** The record of an entry. */
    public static PolicyEntry write(PolicyRow row) {
        PolicyEntry entry = new PolicyEntry();
        put(entry, "by", row.by());
        put(entry, "reason", row.reason());
        put(entry, "at", Instant.ofEpochMilli(row.atMs()));
        put(entry, "fields", List.copyOf(row.fields().keySet()));
        row.fields().forEach((field, value) -> put(entry, field, value));
        return entry;
    }

    private static void put(PolicyEntry entry, String field, Object value) {
        entry.put(entry.getSchema().getField(field).pos(), value);
    }

    /**
     * The entry of a record, with the fields that this version knows.
     *
     * @param problems takes a sentence for each field that is unknown or has a value that is not allowed, and is left out
     * @throws InvalidPolicyException if there is such a field, and without it the entry would be about more than it says
     */
    public static PolicyRow read(PolicyKey key, PolicyEntry entry, Consumer<String> problems) {
        SortedMap<String, Object> fields = new TreeMap<>();
        for (String name : set(entry)) {
            if (key.kind().has(name)) {
                try {
                    Object value = entry.get(entry.getSchema().getField(name).pos());
                    fields.put(name, key.kind().field(name).read(value));
                } catch (InvalidPolicyException e) {
                    refuseIfWhole(key, e.getMessage());
                    problems.accept(key + ": " + e.getMessage() + "; it is ignored");
                }
            } else {
                String unknown = "this version knows no field " + name;
                refuseIfWhole(key, unknown);
                problems.accept(key + ": " + unknown + ", and ignores it");
            }
        }
        return new PolicyRow(
                key, fields, entry.getBy(), entry.getReason(), entry.getAt().toEpochMilli());
    }

    private static void refuseIfWhole(PolicyKey key, String problem) {
        if (key.kind() == PolicyKind.RETRY) {
            throw new InvalidPolicyException(key + ": " + problem);
        }
    }

    /** The names of the fields that are set, as their writer says and as they are. */
    private static Set<String> set(PolicyEntry entry) {
        Set<String> names = new TreeSet<>(entry.getFields());
        for (Schema.Field field : entry.getSchema().getFields()) {
            if (!ABOUT.contains(field.name()) && entry.get(field.pos()) != null) {
                names.add(field.name());
            }
        }
        return names;
    }
}
