package io.yardmaster.app.jobfile;

import io.yardmaster.schemas.StageDependency;
import java.util.ArrayList;
import java.util.List;

/** The dependencies of a stage: a name, a mapping with the keys stage and each, or a list of these. */
final class AfterValue {
    private final String owner;
    private final FileMistakes mistakes;
    private final List<StageDependency> all = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();

    /** @param stage the name of the stage that waits */
    AfterValue(String stage, FileMistakes mistakes) {
        this.owner = "after of stage '" + stage + "'";
        this.mistakes = mistakes;
    }

    void read(YamlNode value) {
        if (value.isList()) {
            value.items().forEach(this::one);
        } else {
            one(value);
        }
    }

    private void one(YamlNode value) {
        if (value.isMapping()) {
            FileValues keys = new FileValues(value, owner, JobFileKeys.OF_DEPENDENCY, mistakes);
            keys.needed(JobFileKeys.STAGE, "the name of a stage");
            boolean each = keys.truth(JobFileKeys.EACH).orElse(false);
            keys.text(JobFileKeys.STAGE).ifPresent(name -> add(value.line(), name, each));
        } else if (value.isText() && !value.text().isBlank()) {
            add(value.line(), value.text(), false);
        } else {
            boolean quote = value.isNumber() || value.isTruth();
            mistakes.add(
                    value.line(),
                    "%s must be the name of a stage, %s, not %s"
                            .formatted(
                                    owner,
                                    quote ? "in quotes" : "a mapping with the keys stage and each, or a list of these",
                                    value.kind()));
        }
    }

    private void add(int line, String name, boolean each) {
        all.add(new StageDependency(name, each));
        lines.add(line);
    }

    List<StageDependency> all() {
        return all;
    }

    /** The line of each of them. */
    List<Integer> lines() {
        return lines;
    }
}
