package io.yardmaster.app.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yardmaster.app.cli.CommandProcess;
import io.yardmaster.app.work.StageCommand;
import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** The execution manager in Python, as a reader runs it. Each test has a session of its own. */
class PythonExampleIT {
    private static final Path EXAMPLE = Path.of("..", "examples", "python").toAbsolutePath();
    private static final int TASKS = 100;

    @TempDir
    private static Path directory;

    private static String skipped = "";
    private static Path python;
    private static ExampleDeployment deployment;
    private static int session;

    /** Not before all, so that the results list the skipped tests with the reason. */
    @BeforeEach
    void start() throws Exception {
        assumeTrue(skipped.isEmpty(), skipped);
        if (deployment == null) {
            try {
                python = PythonEnvironment.create(directory.resolve("python"), EXAMPLE.resolve("requirements.txt"));
            } catch (TestAbortedException e) {
                skipped = e.getMessage();
                throw e;
            }
            deployment = ExampleDeployment.start(directory);
        }
    }

    @AfterAll
    static void stop() {
        if (deployment != null) {
            deployment.close();
        }
    }

    @Test
    void S14_aStoppedExecutionManagerFinishesItsTasksAndAnotherTakesTheRest() throws Exception {
        session++;
        deployment.submit("ready,2,1," + session + ",0-" + (TASKS - 1));
        deployment.awaitUncommitted(TASKS);
        List<String> first;
        try (CommandProcess em = run()) {
            awaitDone(em, TASKS / 10);
            assertThat(em.stop()).isZero();
            first = done(em);
        }
        assertThat(first).hasSizeLessThan(TASKS);
        assertThat(deployment.uncommitted()).hasSize(TASKS - first.size());
        deployment.submit("commit,2,1," + session + ",");
        try (CommandProcess em = run()) {
            awaitDone(em, TASKS + 1 - first.size());
            assertThat(em.stop()).isZero();
            assertThat(Stream.concat(first.stream(), done(em).stream()))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(tasks(1), Stream.of("done COMMIT job=1 task=-1 session=" + session))
                                    .toList());
        }
        assertThat(deployment.uncommitted()).isEmpty();
    }

    @Test
    void S14_anotherTakesWhatAKilledExecutionManagerHadNotCommittedAndNoMore() throws Exception {
        session++;
        deployment.submit("ready,2,2," + session + ",0-" + (TASKS - 1));
        deployment.awaitUncommitted(TASKS);
        List<String> first;
        try (CommandProcess em = run("0.4")) {
            awaitDone(em, 1);
            for (int seen = 0; seen < 5; seen = done(em).size()) {
                int committed = TASKS - deployment.uncommitted().size();
                assertThat(committed)
                        .as("committed, never ahead of what is done")
                        .isLessThanOrEqualTo(done(em).size());
            }
            em.kill9();
            first = done(em);
        }
        deployment.awaitEmptyGroup();
        List<String> left = deployment.uncommitted().stream()
                .map(assignment -> line("done TASK", assignment.getJobId(), assignment.getTaskIndex()))
                .toList();
        assertThat(left).hasSizeLessThan(TASKS);
        assertThat(Stream.concat(first.stream(), left.stream())).containsAll(tasks(2).toList());
        try (CommandProcess em = run()) {
            awaitDone(em, left.size());
            assertThat(em.stop()).isZero();
            assertThat(done(em)).containsExactlyInAnyOrderElementsOf(left);
        }
        assertThat(deployment.uncommitted()).isEmpty();
    }

    @Test
    void S11_anAssignmentOlderThanTheNewestSessionIsDropped() throws Exception {
        int old = ++session;
        session++;
        deployment.submit("ready,2,3," + session + ",0");
        try (CommandProcess em = run()) {
            em.awaitOutput(line("done TASK", 3, 0));
            deployment.dispatch(new TaskAssignment(
                    -1L, 2L, 3L, TaskKind.TASK, 1, 0, (long) old, Instant.EPOCH, 0L, Payload.NONE, "", Map.of(), ""));
            em.awaitOutput("dropped TASK job=3 task=1 session=" + old);
            assertThat(em.stop()).isZero();
            assertThat(done(em)).hasSize(1);
        }
        assertThat(deployment.uncommitted()).isEmpty();
    }

    @Test
    void O6_aKillEndsWhatRunsAndHoldsForWhatComesLaterButNotForTheCleanupTask() throws Exception {
        session++;
        deployment.submit("ready,2,4," + session + ",0-1");
        deployment.awaitUncommitted(2);
        try (CommandProcess em = run("600")) {
            deployment.kill(new Kill(4L, -1L, (long) session, "wrong input", "ann", -1L, -1, 0));
            em.awaitOutput(line("killed TASK", 4, 0));
            em.awaitOutput(line("killed TASK", 4, 1));
            assertThat(em.stop()).isZero();
        }
        deployment.submit("cleanup,2,4," + session + ",");
        try (CommandProcess em = run()) {
            em.awaitOutput(line("done CLEANUP", 4, -1));
            assertThat(em.stop()).isZero();
        }
        assertThat(deployment.outcomes(4))
                .containsExactlyInAnyOrder("0 KILLED wrong input", "1 KILLED wrong input", "-1 SUCCEEDED");
        assertThat(deployment.uncommitted()).isEmpty();
    }

    @Test
    void G4_aKillOfARangeEndsItsTasksAloneAndThePayloadIsShown() throws Exception {
        session++;
        try (CommandProcess em = run("600")) {
            for (int task = 0; task < 3; task++) {
                ByteBuffer payload = ByteBuffer.wrap(("frame " + task).getBytes(StandardCharsets.UTF_8));
                deployment.dispatch(new TaskAssignment(
                        -10L + task,
                        2L,
                        9L,
                        TaskKind.TASK,
                        task,
                        0,
                        (long) session,
                        Instant.EPOCH,
                        // The others have none, so that a kill that comes late is still the first.
                        task == 0 ? 2_000L : 0L,
                        payload,
                        "",
                        Map.of(),
                        ""));
            }
            deployment.kill(new Kill(9L, -2L, (long) session, "not needed", "", -1L, 1, 2));
            em.awaitOutput(line("failed TASK", 9, 0) + " payload=frame 0");
            em.awaitOutput(line("killed TASK", 9, 1) + " payload=frame 1");
            em.awaitOutput(line("killed TASK", 9, 2) + " payload=frame 2");
            assertThat(em.stop()).isZero();
        }
        assertThat(deployment.outcomes(9))
                .containsExactlyInAnyOrder(
                        "0 FAILED ran longer than 2000 ms", "1 KILLED not needed", "2 KILLED not needed");
        assertThat(deployment.uncommitted()).isEmpty();
    }

    @Test
    void aStagesCommandIsRunInAShellAndItsExitCodeIsTheOutcome() throws Exception {
        session++;
        Path result = directory.resolve("result");
        String line =
                "test {index} = 0 || exit $((74 + {index})); echo \"{stage} $ASSIGNMENT_TASKS ${x:-y} {z}\" >" + result;
        ByteBuffer payload = ByteBuffer.wrap(new StageCommand("render", 1, 3, line).toPayload());
        try (CommandProcess em = run("600")) {
            for (int task = 1; task < 4; task++) {
                deployment.dispatch(new TaskAssignment(
                        -20L + task,
                        2L,
                        7L,
                        TaskKind.TASK,
                        task,
                        0,
                        (long) session,
                        Instant.EPOCH,
                        0L,
                        payload,
                        "",
                        Map.of(),
                        ""));
            }
            em.awaitOutput(line("done TASK", 7, 1));
            em.awaitOutput(line("refused TASK", 7, 2));
            em.awaitOutput(line("failed TASK", 7, 3));
            assertThat(em.stop()).isZero();
        }
        assertThat(result).hasContent("render 3 y {z}");
        assertThat(deployment.outcomes(7))
                .containsExactlyInAnyOrder("1 SUCCEEDED", "2 REFUSED exit code 75", "3 FAILED exit code 76");
    }

    @Test
    void O2_anOutcomeIsWrittenBeforeTheCommitAndATimeoutEndsATask() throws Exception {
        session++;
        try (CommandProcess em = run("600")) {
            deployment.dispatch(new TaskAssignment(
                    -2L,
                    2L,
                    5L,
                    TaskKind.TASK,
                    1,
                    0,
                    (long) session,
                    Instant.EPOCH,
                    300L,
                    Payload.NONE,
                    "",
                    Map.of(),
                    ""));
            em.awaitOutput(line("failed TASK", 5, 1));
            assertThat(deployment.outcomes(5)).containsExactly("1 FAILED ran longer than 300 ms");
            assertThat(em.stop()).isZero();
        }
        assertThat(deployment.uncommitted()).isEmpty();
    }

    @Test
    void asAHostItSaysWhatItHasAndTakesTheAssignmentsOfItsIncarnationAlone() throws Exception {
        session++;
        Map<String, String> host = Map.of(
                "YARDMASTER_DISPATCH_POOL",
                ExampleDeployment.POOL,
                "HOST_NAME",
                "py1",
                "HOST_HAS",
                "{\"cpu\": 2}",
                "HOST_LABELS",
                "{\"zone\": \"a\"}");
        try (CommandProcess em = deployment.run(
                host, "0.05", python.toString(), EXAMPLE.resolve("em.py").toString())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !deployment.heartbeats(ExampleDeployment.POOL).isEmpty()
                            || em.output().contains("Traceback"));
            assertThat(em.output()).doesNotContain("Traceback");
            Host said = deployment.heartbeats(ExampleDeployment.POOL).get(0);
            assertThat(said.getHost()).isEqualTo("py1");
            assertThat(said.getTotal()).containsExactly(Map.entry("cpu", 2L));
            assertThat(said.getLabels()).containsExactly(Map.entry("zone", "a"));
            Host older = Host.newBuilder(said)
                    .setIncarnation(said.getIncarnation() - 1)
                    .build();
            deployment.place(assigned(0), older);
            deployment.place(assigned(1), said);
            em.awaitOutput(line("done TASK", 8, 1));
            long ahead = said.getIncarnation() + Duration.ofDays(1).toMillis();
            deployment.end(said, ahead);
            await().atMost(Duration.ofSeconds(60)).until(() -> latest().getIncarnation() == ahead + 1);
            deployment.place(assigned(2), said);
            deployment.place(assigned(3), latest());
            em.awaitOutput(line("done TASK", 8, 3));
            assertThat(em.stop()).isZero();
            assertThat(done(em)).containsExactly(line("done TASK", 8, 1), line("done TASK", 8, 3));
            Host farewell = latest();
            assertThat(farewell.getIncarnation()).isEqualTo(ahead + 2);
            assertThat(farewell.getTotal()).isEmpty();
        }
        assertThat(deployment.outcomes(8)).containsExactlyInAnyOrder("1 SUCCEEDED", "3 SUCCEEDED");
    }

    private static Host latest() {
        List<Host> all = deployment.heartbeats(ExampleDeployment.POOL);
        return all.get(all.size() - 1);
    }

    private static TaskAssignment assigned(int task) {
        return new TaskAssignment(
                -30L + task,
                2L,
                8L,
                TaskKind.TASK,
                task,
                0,
                (long) session,
                Instant.EPOCH,
                0L,
                Payload.NONE,
                ExampleDeployment.POOL,
                Map.of(),
                "");
    }

    /** The event's job is one that librdkafka would put elsewhere by default. */
    @Test
    void anEventThatTheExampleSendsIsTakenWhereItsJobBelongs() throws Exception {
        session++;
        try (CommandProcess send = deployment.run(
                        "0",
                        python.toString(),
                        EXAMPLE.resolve("send.py").toString(),
                        "ready",
                        "2",
                        "6",
                        String.valueOf(session),
                        "0");
                CommandProcess em = run()) {
            send.awaitOutput("ready of job 6 is in partition " + JobPartition.of(6, ExampleDeployment.LANE_PARTITIONS));
            em.awaitOutput(line("done TASK", 6, 0));
            assertThat(em.stop()).isZero();
        }
        assertThat(deployment.uncommitted()).isEmpty();
    }

    private static CommandProcess run() throws IOException {
        return run("0.05");
    }

    private static CommandProcess run(String secondsPerTask) throws IOException {
        return deployment.run(
                secondsPerTask, python.toString(), EXAMPLE.resolve("em.py").toString());
    }

    private static void awaitDone(CommandProcess em, int wanted) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> done(em).size() >= wanted || em.output().contains("Traceback"));
        assertThat(em.output()).doesNotContain("Traceback");
    }

    private static List<String> done(CommandProcess em) {
        return em.output().lines().filter(line -> line.startsWith("done ")).toList();
    }

    private static Stream<String> tasks(int job) {
        return IntStream.range(0, TASKS).mapToObj(task -> line("done TASK", job, task));
    }

    private static String line(String ending, long job, int task) {
        return "%s job=%d task=%d session=%d".formatted(ending, job, task, session);
    }
}
