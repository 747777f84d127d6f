package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkUsageTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "--output=out,--output: only --run keeps any output",
        "--exec=true --output-limit=3,--output-limit: only --run keeps any output",
        "--run --output-limit=1001,--output-limit=1001: must be a whole number of megabytes from 0 to 1000",
        "--run --output-limit=-1,--output-limit=-1: must be a whole number of megabytes from 0 to 1000",
        "--run --tries=0,--tries=0: must be a whole number from 1 on",
        "--run --exec=true,'--exec=COMMAND, --run are mutually exclusive (specify only one)'"
    })
    void anOptionThatMakesNoSenseIsRefusedInOneLine(String options, String message) {
        CommandLineRun run = work(options.split(" "));

        assertThat(run.stderr()).isEqualTo("yardmaster: " + message + " (see 'yardmaster work --help')\n");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void anOutputDirectoryThatCannotBeWrittenIsNamedInOneLineBeforeAnythingStarts() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "in the way");

        CommandLineRun run = work("--run", "--output=" + file);

        assertThat(run.stderr())
                .isEqualTo(
                        "yardmaster: --output=%1$s: nothing can be kept there: %1$s: is no directory (see 'yardmaster work --help')\n"
                                .formatted(file));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(work("--run", "--output=" + file.resolve("below")).stderr())
                .hasLineCount(1)
                .contains("Not a directory");
    }

    private static CommandLineRun work(String... options) {
        return CommandLineRun.of(
                Stream.concat(Stream.of("work", "--set=kafka.bootstrap.servers=127.0.0.1:1"), Stream.of(options))
                        .toArray(String[]::new));
    }
}
