package io.yardmaster.app.api;

import io.yardmaster.topology.policy.PolicyField;
import io.yardmaster.topology.policy.PolicyRow;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.util.List;

/**
 * Answer of {@code /api/policy}: the policy that is in force on this instance.
 *
 * @param problems a sentence for each part of the policy topic that is ignored
 */
record PolicyAnswer(List<Entry> entries, List<String> problems) {

    /** A field that is set, its value as it is typed. */
    record Field(String name, String value) {}

    /** One entry. */
    record Entry(String key, List<Field> fields, String by, String reason, long atMs) {

        static Entry of(PolicyRow row) {
            List<Field> fields = row.fields().entrySet().stream()
                    .map(field -> new Field(field.getKey(), PolicyField.text(field.getValue())))
                    .toList();
            return new Entry(row.key().toString(), fields, row.by(), row.reason(), row.atMs());
        }
    }

    static PolicyAnswer of(PolicySnapshot policy) {
        return new PolicyAnswer(policy.rows().stream().map(Entry::of).toList(), policy.problems());
    }
}
