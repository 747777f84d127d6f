package io.yardmaster.app.jobfile;

import io.yardmaster.app.jobfile.YamlNode.Entry;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.HostLimits;
import java.util.Map;
import java.util.TreeMap;

/** The labels of a stage: a mapping of the names of labels to the values that the host of each task must have. */
final class LabelsValue {
    private LabelsValue() {}

    /** @param stage the name of the stage */
    static Map<String, String> read(String stage, YamlNode value, FileMistakes mistakes) {
        String owner = "labels of stage '" + stage + "'";
        if (!value.isMapping()) {
            mistakes.add(
                    value.line(), owner + " must be a mapping of the names of labels to texts, not " + value.kind());
            return Map.of();
        }
        if (value.entries().size() > GraphLimits.LABELS) {
            mistakes.add(
                    value.line(),
                    "%s has %s labels, and may have %s"
                            .formatted(owner, value.entries().size(), GraphLimits.LABELS));
            return Map.of();
        }
        Map<String, String> labels = new TreeMap<>();
        for (Entry entry : value.entries()) {
            YamlNode text = entry.value();
            if (!text.isText()) {
                mistakes.add(text.line(), "%s of %s must be a text, not %s".formatted(entry.key(), owner, text.kind()));
            } else if (!HostLimits.isLabel(entry.key(), text.text())) {
                mistakes.add(
                        entry.line(),
                        "%s has '%s', which no host can have: a name has up to 64 letters, digits, '.', '_', '/' and '-', a value up to %s characters"
                                .formatted(owner, entry.key(), HostLimits.LABEL));
            } else {
                labels.put(entry.key(), text.text());
            }
        }
        return labels;
    }
}
