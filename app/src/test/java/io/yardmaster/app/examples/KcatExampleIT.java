package io.yardmaster.app.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yardmaster.app.cli.CommandProcess;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The execution manager made of kcat and a shell, as a reader runs it. */
class KcatExampleIT {
    private static final Path SCRIPT =
            Path.of("..", "examples", "kcat", "em.sh").toAbsolutePath();

    private static final Path SENDER =
            Path.of("..", "examples", "kcat", "send.sh").toAbsolutePath();

    @TempDir
    Path directory;

    @Test
    void aCleanupEventThatItSendsIsTakenWhereItsJobBelongsAndItsNumbersAreRead() throws Exception {
        Process tools = new ProcessBuilder("sh", "-c", "command -v kcat && command -v perl && command -v curl").start();
        assumeTrue(tools.waitFor() == 0, "skipped: kcat, perl and curl are needed");
        try (ExampleDeployment deployment = ExampleDeployment.start(directory);
                CommandProcess sent = deployment.run("0", SENDER.toString(), "300", "9000000000", "8191")) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !deployment.dispatched().isEmpty());
            TaskAssignment cleanup = deployment.dispatched().get(0).value();
            assertThat(cleanup.getKind()).isEqualTo(TaskKind.CLEANUP);
            assertThat(cleanup.getJobId()).isEqualTo(9_000_000_000L);
            assertThat(cleanup.getResourceGroupId()).isEqualTo(300);
            assertThat(cleanup.getSessionId()).isEqualTo(8_191);
            assertThat(sent.output()).isEmpty();
        }
    }

    @Test
    void everyFieldIsReadAndEveryAssignmentCommitted() throws Exception {
        Process tools = new ProcessBuilder("sh", "-c", "command -v kcat && command -v perl").start();
        assumeTrue(tools.waitFor() == 0, "skipped: kcat and perl are needed");
        try (ExampleDeployment deployment = ExampleDeployment.start(directory);
                CommandProcess em = deployment.run("0.05", SCRIPT.toString())) {
            deployment.submit(
                    "ready,2,7,1,63-64;8191-8192;2000000000",
                    "commit,2,8,1,",
                    "cleanup,300,9000000000,1,",
                    "ready,-2,9223372036854775807,1,1");

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> em.output().lines().count() >= 8);

            assertThat(em.stopAfter("/kcat")).isZero();
            assertThat(em.output()
                            .lines()
                            .map(line -> line.replaceAll(" id=\\d+| ready_at=\\d{13} timeout_ms=0 payload=$", "")))
                    .containsExactlyInAnyOrder(
                            "done group=2 job=7 kind=0 task=63 attempt=0 session=1",
                            "done group=2 job=7 kind=0 task=64 attempt=0 session=1",
                            "done group=2 job=7 kind=0 task=8191 attempt=0 session=1",
                            "done group=2 job=7 kind=0 task=8192 attempt=0 session=1",
                            "done group=2 job=7 kind=0 task=2000000000 attempt=0 session=1",
                            "done group=2 job=8 kind=1 task=-1 attempt=0 session=1",
                            "done group=300 job=9000000000 kind=2 task=-1 attempt=0 session=1",
                            "done group=-2 job=9223372036854775807 kind=0 task=1 attempt=0 session=1");
            List<String> ids = deployment.dispatched().stream()
                    .map(assignment -> "done id=" + assignment.value().getAssignmentId() + " ")
                    .toList();
            assertThat(ids).hasSize(8).allSatisfy(id -> assertThat(em.output()).contains(id));
            assertThat(deployment.uncommitted()).isEmpty();
        }
    }

    @Test
    void everyNumberOf64BitsIsReadWhoeverPrintsTheRecords() throws Exception {
        Process perl = new ProcessBuilder("sh", "-c", "command -v perl").start();
        assumeTrue(perl.waitFor() == 0, "skipped: perl is needed");
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (long number : List.of(Long.MAX_VALUE, Long.MIN_VALUE, -1L, 1L << 62, 0L)) {
            byte[] value = assignment(number);
            records.write(
                    ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
            records.write(value);
        }
        Path tools = Files.createDirectory(directory.resolve("stub"));
        Path printed = Files.write(directory.resolve("records"), records.toByteArray());
        Path kcat = Files.writeString(tools.resolve("kcat"), "#!/bin/sh\nexec cat '" + printed + "'\n");
        assertThat(kcat.toFile().setExecutable(true)).isTrue();
        ProcessBuilder described = new ProcessBuilder(SCRIPT.toString());
        described.environment().merge("PATH", tools.toString(), (path, first) -> first + ":" + path);
        described.environment().put("SECONDS_PER_TASK", "0");
        CommandProcess em = CommandProcess.start(described, directory.resolve("stub.out"));
        assertThat(em.awaitExit()).isZero();
        assertThat(em.output().lines())
                .containsExactly(
                        done("9223372036854775807"),
                        done("-9223372036854775808"),
                        done("-1"),
                        done("4611686018427387904"),
                        done("0"));
    }

    private static byte[] assignment(long number) {
        TaskAssignment value = TaskAssignment.newBuilder()
                .setAssignmentId(5)
                .setResourceGroupId(number)
                .setJobId(number)
                .setKind(TaskKind.TASK)
                .setTaskIndex(Integer.MAX_VALUE)
                .setAttempt(0)
                .setSessionId(1)
                .setReadyAt(Instant.ofEpochMilli(9))
                .setPayload(ByteBuffer.wrap(new byte[] {1, (byte) 0xff}))
                .build();
        return ValueSerdes.of(Topic.DISPATCH, Map.of("schema.registry.url", "mock://kcat"))
                .serializer()
                .serialize("dispatch", value);
    }

    private static String done(String number) {
        return "done id=5 group=%s job=%s kind=0 task=2147483647 attempt=0 session=1 ready_at=9 timeout_ms=0 payload=01ff"
                .formatted(number, number);
    }

    @Test
    void aMissingToolOrAFailureIsReportedAndTheExitCodeIsNotZero() throws Exception {
        CommandProcess without = CommandProcess.start(
                new ProcessBuilder("/bin/sh", "-c", "PATH=/nowhere; . " + SCRIPT), directory.resolve("without.out"));
        assertThat(without.awaitExit()).isEqualTo(1);
        assertThat(without.output()).isEqualTo("em.sh: no kcat found: install it, or add it to PATH\n");

        Path tools = Files.createDirectory(directory.resolve("tools"));
        for (String tool : List.of("kcat", "perl")) {
            Path failing = Files.writeString(tools.resolve(tool), "#!/bin/sh\nexit 3\n");
            assertThat(failing.toFile().setExecutable(true)).isTrue();
        }
        ProcessBuilder described = new ProcessBuilder(SCRIPT.toString());
        described.environment().merge("PATH", tools.toString(), (path, first) -> first + ":" + path);
        CommandProcess failing = CommandProcess.start(described, directory.resolve("failing.out"));
        assertThat(failing.awaitExit()).isEqualTo(1);
        assertThat(failing.output()).startsWith("em.sh: kcat or perl ended with exit code ");
    }
}
