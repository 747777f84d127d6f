package io.yardmaster.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The directory for a measuring command's logs; also begins such a command and refuses invalid options. */
public final class OutputOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--output",
            defaultValue = "${sys:yardmaster.bench.output:-bench-results}",
            paramLabel = "DIR",
            description = "Directory for logs (default: ${DEFAULT-VALUE}).")
    private Path directory;

    public Path directory() {
        return directory;
    }

    /** Makes the directory, and prints a description of this machine. */
    public void begin() throws IOException {
        Files.createDirectories(directory);
        command.commandLine().getOut().println(Machine.describe(directory));
        command.commandLine().getOut().flush();
    }

    /** An empty directory for data in it, which the caller deletes. */
    public Path newData() throws IOException {
        return Files.createTempDirectory(directory, "data");
    }

    /** If this is not allowed, ends the command with this line and exit code 2. */
    public void require(boolean allowed, String problem) {
        if (!allowed) {
            throw new ParameterException(command.commandLine(), problem);
        }
    }
}
