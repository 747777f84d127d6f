package io.yardmaster.core.placement;

import java.util.Map;

/**
 * The demands of each task of a shape on its host. Tasks with equal requirements are matched together.
 *
 * @param needs the amounts that a task has on its host while it runs
 * @param labels the labels that its host must have, with these values
 * @param avoided the host that has refused the task, which gets it again only if no other one ever can (O7); empty if none has
 */
public record Requirement(Amounts needs, Map<String, String> labels, String avoided) {
    public Requirement {
        labels = Map.copyOf(labels);
    }

    /** A requirement of a task that no host has refused. */
    public Requirement(Amounts needs, Map<String, String> labels) {
        this(needs, labels, "");
    }

    /** The same of a task that a host has refused. */
    Requirement avoiding(String host) {
        return new Requirement(needs, labels, host);
    }

    /** A requirement without labels. */
    public static Requirement of(Map<String, Long> needs) {
        return new Requirement(Amounts.of(needs), Map.of());
    }

    /** True if a host with these labels suits. */
    public boolean suits(Map<String, String> hostLabels) {
        for (Map.Entry<String, String> label : labels.entrySet()) {
            if (!label.getValue().equals(hostLabels.get(label.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
