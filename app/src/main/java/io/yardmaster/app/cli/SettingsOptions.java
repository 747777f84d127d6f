package io.yardmaster.app.cli;

import io.yardmaster.app.settings.LayeredSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that every command with settings has. */
public final class SettingsOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "Read settings from a .properties file.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set one setting, over FILE and over YARDMASTER_* variables. Can be repeated.")
    private List<String> assignments = new ArrayList<>();

    /** The settings of this command; throws if one of the sources cannot be read. */
    public LayeredSettings load() {
        return load(List.of());
    }

    /** The same, with further assignments {@code KEY=VALUE} over all others. */
    LayeredSettings load(List<String> more) {
        List<String> all = new ArrayList<>(assignments);
        all.addAll(more);
        return LayeredSettings.load(file, System.getenv(), all);
    }
}
