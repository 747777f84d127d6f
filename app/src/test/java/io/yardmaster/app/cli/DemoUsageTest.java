package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake is reported in one line before anything is started. */
class DemoUsageTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "demo --speedup=0, --speedup=0.0: must be a number above 0",
        "demo --speedup=fast, Invalid value for option '--speedup'",
        "demo --ems=0, --ems=0: must be a whole number from 1 to 16",
        "demo --slots=0, --slots=0: must be a whole number from 1 to 1000",
        "demo --fail-rate=1.5, --fail-rate=1.5: must be a number from 0 to 1",
        "demo --fail-rate=NaN, --fail-rate=NaN: must be a number from 0 to 1",
        "demo --attempts=0, --attempts=0: must be a whole number from 1 to 1000",
        "demo --set active.jobs=0, active.jobs",
        "demo --set kafka.bootstrap.servers=x:1, kafka.bootstrap.servers must not be set for demo",
        "work --parallel=0, --parallel=0: must be a whole number from 1 to 1000",
        "work --tries=0, --tries=0: must be a whole number from 1 on",
        "work --sleep=-1, --sleep=-1.0: must be a number of seconds",
        "work, kafka.bootstrap.servers is not set",
        "submit, Missing required parameter: 'FILE'",
    })
    void aWrongOptionOrSettingIsNamed(String arguments, String message) {
        CommandLineRun run = CommandLineRun.of(arguments.split(" ", -1));

        assertThat(run.stderr()).startsWith("yardmaster: ").contains(message);
        assertThat(run.stderr().lines()).hasSize(1);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void allFilesAreCheckedBeforeAnythingIsStarted() throws IOException {
        Path right =
                Files.writeString(directory.resolve("right.json"), workflow("'id': 'a', 'name': 'a', 'parents': []"));
        Path cyclic = Files.writeString(
                directory.resolve("cyclic.json"),
                workflow(
                        "'id': 'a', 'name': 'a', 'parents': ['b'], 'children': ['b']}, {'id': 'b', 'name': 'b', 'parents': []"));

        CommandLineRun demo = CommandLineRun.of("demo", right.toString(), cyclic.toString());
        CommandLineRun submit = CommandLineRun.of("submit", right.toString(), cyclic.toString());

        for (CommandLineRun run : new CommandLineRun[] {demo, submit}) {
            assertThat(run.stderr())
                    .isEqualToIgnoringNewLines(
                            "yardmaster: " + cyclic + ": tasks wait for each other in a cycle: b -> a -> b");
            assertThat(run.stdout()).isEmpty();
            assertThat(run.exitCode()).isEqualTo(2);
        }
    }

    private static String workflow(String task) {
        return "{'name': 'w', 'schemaVersion': '1.5', 'workflow': {'specification': {'tasks': [{%s}]}}}"
                .formatted(task)
                .replace('\'', '"');
    }
}
