package io.yardmaster.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command that measures leaves its logs; and how it begins, and refuses what it was asked. */
public final class OutputOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--output",
            defaultValue = "${sys:yardmaster.bench.output:-bench-results}",
            paramLabel = "DIR",
            description = "Where logs go (default: ${DEFAULT-VALUE}).")
    private Path directory;

    public Path directory() {
        return directory;
    }

    /** Makes the directory, and prints on which machine this is. */
    public void begin() throws IOException {
        Files.createDirectories(directory);
        command.commandLine().getOut().println(Machine.describe(directory));
        command.commandLine().getOut().flush();
    }

    /** An empty directory for data in it, which the caller deletes. */
    public Path newData() throws IOException {
        return Files.createTempDirectory(directory, "data");
    }

    /** Refuses what was asked for unless that is allowed: with this line and exit code 2. */
    public void require(boolean allowed, String problem) {
        if (!allowed) {
            throw new ParameterException(command.commandLine(), problem);
        }
    }
}
