package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yardmaster.app.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as users run it. */
class DemoIT {
    @TempDir
    Path directory;

    @Test
    void theBundledWorkflowsRunToTheirEndThoughAttemptsFail() {
        CommandLineRun demo =
                CommandLineRun.of("demo", "--speedup=200", "--slots=8", "--fail-rate=0.1", "--attempts=10", "--seed=3");

        assertThat(demo.stderr()).isEmpty();
        assertThat(demo.stdout())
                .contains("472 of 472 done; 4 of 4 jobs finished, 0 of them failed")
                .contains("4 commit, 0 cleanup), 0 duplicates")
                .containsPattern("\noutcomes     476 succeeded, [1-9]\\d* failed, 0 killed, 0 refused\n");
        assertThat(demo.exitCode()).isZero();
    }

    @Test
    void jobsWhoseAttemptsAreUsedUpAreCleanedUpWhereverOtherCommandsAreLed() throws IOException {
        Path elsewhere = Files.writeString(
                directory.resolve("elsewhere.properties"),
                """
                kafka.bootstrap.servers=10.0.0.1:9092
                kafka.security.protocol=SSL
                schema.registry.url=http://10.0.0.1:1
                """);
        CommandLineRun demo = CommandLineRun.of(
                "demo", "--config=" + elsewhere, "--speedup=200", "--fail-rate=1", "--attempts=2", "--ems=1");

        assertThat(demo.stderr()).isEmpty();
        assertThat(demo.stdout())
                .contains(
                        "not used, as demo brings its own Kafka and registry: kafka.bootstrap.servers (" + elsewhere
                                + ":1)",
                        "kafka.security.protocol (",
                        "schema.registry.url (");
        assertThat(demo.stdout())
                .contains("0 of 472 done; 4 of 4 jobs finished, 4 of them failed")
                .contains("12 (8 task, 0 commit, 4 cleanup), 0 duplicates")
                .contains("outcomes     4 succeeded, 8 failed, 0 killed, 0 refused")
                .containsPattern("\njob 4 fails: task \\d+ \\(\\S+\\) failed: attempt 1 was chosen to fail\n");
        assertThat(demo.exitCode()).isZero();
    }

    /** Recorded workflows, if there are any: in {@code -Dworkflows=DIR} or beside the repository. */
    @Test
    void recordedWorkflowsRunToTheirEndTogether() throws IOException {
        Path recorded = Path.of(System.getProperty("workflows", "../../shared/workflows"));
        assumeTrue(Files.isDirectory(recorded), "no workflows in " + recorded.toAbsolutePath());
        List<String> arguments = new ArrayList<>(List.of("demo", "--speedup=1000", "--slots=16"));
        try (Stream<Path> files = Files.list(recorded)) {
            files.map(Path::toString)
                    .filter(file -> file.endsWith(".json"))
                    .sorted()
                    .forEach(arguments::add);
        }
        int jobs = arguments.size() - 3;

        CommandLineRun demo = CommandLineRun.of(arguments.toArray(String[]::new));

        assertThat(demo.stderr()).isEmpty();
        assertThat(demo.stdout())
                .contains("%d of %d jobs finished, 0 of them failed".formatted(jobs, jobs))
                .contains("%d commit, 0 cleanup), 0 duplicates".formatted(jobs));
        assertThat(demo.exitCode()).isZero();
    }

    @Test
    void aDemoThatIsStoppedLeavesNothingBehindAndSaysHowFarItWas() throws Exception {
        Path temporaryFiles = Files.createDirectory(directory.resolve("tmp"));
        try (CommandProcess demo =
                CommandProcess.start(temporaryFiles, directory.resolve("out"), "demo", "--speedup=1")) {
            demo.awaitOutput("/472 tasks");
            assertThat(temporaryFiles).isNotEmptyDirectory();

            assertThat(demo.stop()).isEqualTo(143);

            assertThat(demo.output()).contains("0 of 4 jobs finished", "0 duplicates");
            assertThat(temporaryFiles).isEmptyDirectory();
        }
    }
}
