package io.yardmaster.app.replay;

import io.yardmaster.replay.InvalidDayException;
import io.yardmaster.replay.report.Comparison;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A policy as a user names it on the command line: a file, settings, and a name, in any order and separated by commas.
 *
 * @param file the policy's file; empty for one without entries
 * @param settings {@code KEY=VALUE}, over those of the command
 */
public record PolicyWords(String name, Optional<Path> file, List<String> settings) {
    /** The settings that change what a replay decides. */
    public static final List<String> SETTINGS = List.of(
            "fairness", "active.jobs", "commit.per.cycle", "cleanup.per.cycle", "finalizing.expiry", "dedup.expiry");

    private static final String NAME = "name=";

    /**
     * Reads such a text.
     *
     * @throws InvalidDayException if it makes no sense
     */
    public static PolicyWords parse(String text) {
        Optional<String> name = Optional.empty();
        Optional<Path> file = Optional.empty();
        List<String> settings = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            if (word.startsWith(NAME)) {
                name = Optional.of(word.substring(NAME.length()));
            } else if (word.contains("=")) {
                settings.add(setting(text, word));
            } else if (word.isBlank() || file.isPresent()) {
                throw new InvalidDayException(
                        "--policy=%s: must be a file, settings such as fairness=weighted, and name=NAME, separated by commas"
                                .formatted(text));
            } else {
                file = Optional.of(Path.of(word));
            }
        }
        String label = name.orElse(text);
        if (label.isBlank() || label.equals(Comparison.RECORDED)) {
            throw new InvalidDayException("--policy=%s: '%s' is no name for a policy".formatted(text, label));
        }
        return new PolicyWords(label, file, settings);
    }

    private static String setting(String text, String word) {
        String key = word.substring(0, word.indexOf('='));
        if (!SETTINGS.contains(key)) {
            throw new InvalidDayException("--policy=%s: a replay has no use for the setting %s, but for %s"
                    .formatted(text, key, String.join(", ", SETTINGS)));
        }
        return word;
    }
}
