package io.yardmaster.app.cli;

import io.yardmaster.topology.policy.PolicyField;
import io.yardmaster.topology.policy.PolicyKind;
import java.util.ArrayList;
import java.util.List;

/** Lines that explain every kind of entry that the policy has. */
final class PolicyReference {
    private PolicyReference() {}

    /** A paragraph of each kind, with a line for each field. */
    static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (PolicyKind kind : PolicyKind.values()) {
            lines.add("   %s/ID, in files under %s: %s ID: %s."
                    .formatted(kind.prefix(), kind.section(), kind.doc(), kind.idWords()));
            for (PolicyField field : kind.fields()) {
                lines.add("      %s: %s. %s".formatted(field.name(), field.allowed(), field.doc()));
            }
        }
        return lines;
    }
}
