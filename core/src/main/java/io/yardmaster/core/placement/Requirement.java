package io.yardmaster.core.placement;

import java.util.Map;

/**
 * The demands of each task of a shape on its host. Tasks with equal requirements are matched together.
 *
 * @param needs the amounts that a task has on its host while it runs
 * @param labels the labels that its host must have, with these values
 */
public record Requirement(Amounts needs, Map<String, String> labels) {
    public Requirement {
        labels = Map.copyOf(labels);
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
