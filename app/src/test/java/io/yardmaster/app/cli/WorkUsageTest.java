package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.testkafka.MountedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
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
        "--has=cpu=8,'--has: only a host has resources, see --host'",
        "--label=zone=a,'--label: only a host has labels, see --host'",
        "--host=h1,'--host: a host is one of a pool, see --pool'",
        "--host=h1 --has=cpu,'--has: ''cpu'' must be NAME=AMOUNT, a whole number, with KiB, MiB, GiB or TiB behind it if need be'",
        "--host=h1 --has=cpu=-1,'--has: ''cpu=-1'' must be NAME=AMOUNT, a whole number, with KiB, MiB, GiB or TiB behind it if need be'",
        "'--host=h1 --has=cpu=1,cpu=2','--has: cpu is there twice'",
        "--host=h1 --has=memory=9000000000TiB,'--has: ''memory=9000000000TiB'' is too much'",
        "--host=h1 --has=memory=9000TiB,'--host: host h1 has memory=9895604649984000: must be from 0 to 9007199254740991'",
        "--host=h1 --has=GPU=1,'--host: resource ''GPU'' of host h1: a name must have 1 to 64 of a-z, 0-9, ''.'', ''_'' and ''-'', the first a letter or digit'",
        "--host=h!,'--host: host ''h!'': must have 1 to 200 letters, digits, ''.'', ''_'', '':'' and ''-'', the first a letter or digit'",
        "--host=h1 --pool=p --label=zone,--label=zone: must be NAME=VALUE",
        "--host=h1 --pool=p --label=a=1 --label=a=2,--label: a is there twice",
        "--host=h1 --pool=p --grace=13,'--grace=13: a host''s commands must end within 12 seconds, before others get its tasks'",
        "--host=h1 --pool=p --share,--share: a host is in no group",
        "--host=h1 --pool=p --no-outcomes,--no-outcomes: a host must say how its tasks ended",
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

    @Test
    void aWorkerWithoutTheRightToWriteSaysSoInOneLineBeforeAnythingStarts() throws IOException {
        Path closed = directory.resolve("closed");
        try (MountedDisk disk = MountedDisk.mountOrSkip(closed, 2)) {
            disk.makeReadOnly();

            CommandLineRun run = work("--run", "--output=" + closed.resolve("kept"));

            assertThat(run.stderr())
                    .isEqualTo(
                            "yardmaster: --output=%1$s: nothing can be kept there: %1$s: Read-only file system (see 'yardmaster work --help')\n"
                                    .formatted(closed.resolve("kept")));
            assertThat(run.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void aWorkerWithoutThePermissionToWriteIsToldTheSame() throws IOException {
        Path closed = Files.createDirectory(
                directory.resolve("forbidden"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        Assumptions.assumeFalse(
                Files.isWritable(closed), "a directory without permission to write: this user may write everywhere");

        CommandLineRun run = work("--run", "--output=" + closed);

        assertThat(run.stderr()).hasLineCount(1).contains("--output=" + closed, "permission denied");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void aFullDiskIsNamedInOneLineBeforeAnythingStarts() throws IOException {
        Path full = directory.resolve("full");
        try (MountedDisk disk = MountedDisk.mountOrSkip(full, 2)) {
            disk.fill();

            CommandLineRun run = work("--run", "--output=" + full);

            assertThat(run.stderr())
                    .hasLineCount(1)
                    .contains("--output=" + full + ": nothing can be kept there: ", "No space left on device");
            assertThat(run.exitCode()).isEqualTo(2);
        }
    }

    private static CommandLineRun work(String... options) {
        return CommandLineRun.of(
                Stream.concat(Stream.of("work", "--set=kafka.bootstrap.servers=127.0.0.1:1"), Stream.of(options))
                        .toArray(String[]::new));
    }
}
