package io.yardmaster.app.api;

import io.yardmaster.topology.policy.PolicyField;
import io.yardmaster.topology.policy.PolicyRow;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answer of {@code /api/policy}: the policy that is in force on this instance.
 *
 * @param problems a sentence for each part of the policy topic that is ignored
 */
record PolicyAnswer(List<Entry> entries, List<String> problems) {

    /** One entry, its fields as they are typed. */
    record Entry(String key, Map<String, String> fields, String by, String reason, long atMs) {

        static Entry of(PolicyRow row) {
            Map<String, String> fields = new LinkedHashMap<>();
            row.fields().forEach((name, value) -> fields.put(name, PolicyField.text(value)));
            return new Entry(row.key().toString(), fields, row.by(), row.reason(), row.atMs());
        }
    }

    static PolicyAnswer of(PolicySnapshot policy) {
        return new PolicyAnswer(policy.rows().stream().map(Entry::of).toList(), policy.problems());
    }
}
