package io.yardmaster.app.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.app.cli.CommandProcess;
import io.yardmaster.client.Assignment;
import io.yardmaster.client.HandlerContext;
import io.yardmaster.client.TaskRefusedException;
import io.yardmaster.client.TestAssignments;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandWorkTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final TestAssignments given = new TestAssignments(1, 1);
    private final Assignment task = given.task(7, 3);
    private final HandlerContext context = given.context(task);
    private ProcessTree tree;

    @TempDir
    Path directory;

    @AfterEach
    void cleanUp() throws IOException {
        if (tree != null) {
            tree.destroy();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whenTheHandlerOfACancelledAssignmentReturnsNothingOfItsCommandRuns(boolean heedsTerm) throws Exception {
        tree = new ProcessTree(directory, heedsTerm);
        try (CommandWork work = work(tree.commandLine(), heedsTerm ? LONG : SHORT)) {
            CompletableFuture<Void> handled = handle(work);
            tree.awaitRuns(1);
            assertThat(tree.running()).hasSize(3);
            given.kill(task.jobId());
            handled.get(1, TimeUnit.MINUTES);
            assertThat(tree.running()).isEmpty();
        }
    }

    @Test
    void whenATimeoutEndsAnAssignmentNothingOfItsCommandRunsByTheTimeItHasFailed() throws Exception {
        tree = new ProcessTree(directory, false);
        try (CommandWork work = work(tree.commandLine(), SHORT)) {
            Assignment limited = given.taskWithTimeout(7, 3, Duration.ofSeconds(10));
            TaskOutcome outcome = given.outcomeOf(work, limited);
            assertThat(outcome.getReason()).isEqualTo("ran longer than 10000 ms");
            assertThat(outcome.getResult()).isEqualTo(TaskResult.FAILED);
            assertThat(tree.pids()).as("it did run").isNotEmpty();
            assertThat(tree.running()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"0,SUCCEEDED,''", "75,REFUSED,sh ended with exit code 75", "1,FAILED,sh ended with exit code 1"})
    void O7_theExitCodeIsTheOutcome(int code, TaskResult result, String reason) throws Exception {
        try (CommandWork work = work("sh -c 'exit " + code + "'", SHORT)) {
            TaskOutcome outcome = given.outcomeOf(work, task);
            assertThat(outcome.getResult()).isEqualTo(result);
            assertThat(outcome.getReason()).isEqualTo(reason);
        }
    }

    @Test
    void anInterruptedThreadEndsItsCommandAllTheSame() throws Exception {
        tree = new ProcessTree(directory, false);
        try (CommandWork work = work(tree.commandLine(), SHORT)) {
            var handling = new CompletableFuture<Boolean>();
            Thread thread = new Thread(() -> {
                try {
                    work.handle(task, context);
                } catch (InterruptedException e) {
                    handling.complete(true);
                } catch (IOException | CommandFailedException | TaskRefusedException e) {
                    handling.completeExceptionally(e);
                }
            });
            thread.start();
            tree.awaitRuns(1);
            thread.interrupt();
            assertThat(handling.get(1, TimeUnit.MINUTES)).isTrue();
            assertThat(tree.running()).isEmpty();
        }
    }

    @Test
    void processesThatACommandLeavesBehindAreEndedToo() throws Exception {
        tree = new ProcessTree(directory, false);
        String leaves = tree.commandLine()
                .replace("./step.sh {task}", "(./step.sh &) && until test $(wc -l <pids) = 3; do sleep 0.1; done");
        try (CommandWork work = work(leaves, SHORT)) {
            handle(work).get(1, TimeUnit.MINUTES);
            assertThat(tree.pids()).hasSize(3);
            assertThat(tree.running()).isEmpty();
        }
    }

    @Test
    void aCommandHasTheGraceToCleanUpOnSigterm() throws Exception {
        Path cleaned = directory.resolve("cleaned");
        Path begun = directory.resolve("begun");
        String command = "sh -c 'trap \"sleep 0.5; touch " + cleaned + "; exit\" TERM; touch " + begun
                + "; while :; do sleep 0.1; done'";
        try (CommandWork work = work(command, LONG)) {
            CompletableFuture<Void> handled = handle(work);
            await().atMost(LONG).until(() -> Files.exists(begun));
            given.kill(task.jobId());
            handled.get(1, TimeUnit.MINUTES);
            assertThat(cleaned).exists();
        }
    }

    @Test
    void afterAKill9OfThisProcessTheGuardEndsItsCommands() throws Exception {
        tree = new ProcessTree(directory, false);
        try (CommandProcess holder = CommandProcess.start(
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Holder.class.getName(),
                        tree.commandLine()),
                directory.resolve("holder.out"))) {
            tree.awaitRuns(1);
            holder.kill9();
            await().atMost(LONG).until(() -> tree.running().isEmpty());
        }
    }

    @Test
    void aGuardThatSomebodyKilledIsReplaced() throws Exception {
        tree = new ProcessTree(directory, false);
        try (ProcessGroups groups = ProcessGroups.start(ProcessGroups.LAUNCHERS, SHORT)) {
            Process command = groups.run(
                    List.of("sh", "-c", "cd " + directory + " && ./step.sh"),
                    Map.of(),
                    ProcessBuilder.Redirect.INHERIT);
            tree.awaitRuns(1);
            ProcessHandle guard = ProcessHandle.current()
                    .children()
                    .filter(child -> child.pid() != command.pid())
                    .filter(child -> List.of(child.info().arguments().orElse(new String[0])).stream()
                            .anyMatch(argument -> argument.contains("watch)")))
                    .findFirst()
                    .orElseThrow();
            guard.destroyForcibly();
            guard.onExit().get(1, TimeUnit.MINUTES);
            new GroupEnd(groups, SHORT).of(command.pid());
            assertThat(tree.running()).isEmpty();
        }
    }

    @Test
    void withoutSetsidPerlDoes() throws Exception {
        tree = new ProcessTree(directory, false);
        try (ProcessGroups groups =
                ProcessGroups.start(List.of(List.of("no-such-setsid"), ProcessGroups.LAUNCHERS.get(1)), SHORT)) {
            Process command = groups.run(
                    List.of("sh", "-c", "cd " + directory + " && ./step.sh"),
                    Map.of(),
                    ProcessBuilder.Redirect.INHERIT);
            tree.awaitRuns(1);
            new GroupEnd(groups, SHORT).of(command.pid());
            assertThat(tree.running()).isEmpty();
        }
    }

    @Test
    void aMachineWithoutALauncherIsReported() {
        // "env" runs a program, but in the group that it is in itself.
        assertThatThrownBy(() -> ProcessGroups.start(List.of(List.of("no-such-setsid"), List.of("env")), SHORT))
                .isInstanceOf(NoProcessGroupsException.class)
                .hasMessage("neither no-such-setsid nor env works here, one of which is needed to run commands in "
                        + "process groups of their own");
    }

    @Test
    void aProgramThatCannotBeRunIsAFailureAndOneThatFailsToo() throws Exception {
        try (CommandWork work = work("{kind}-no-such-program", SHORT)) {
            assertThatThrownBy(() -> TestAssignments.run(work, task))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessage("TASK-no-such-program ended with exit code 127");
        }
        try (CommandWork work = work("sh -c 'cat; exit $ASSIGNMENT_TASK'", SHORT)) {
            assertThatThrownBy(() -> TestAssignments.run(work, task)).hasMessage("sh ended with exit code 3");
        }
    }

    private static CommandWork work(String line, Duration grace) throws NoProcessGroupsException {
        return CommandWork.start(CommandTemplate.parse(line), grace);
    }

    private CompletableFuture<Void> handle(CommandWork work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.handle(task, context);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Runs a command until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            TestAssignments.run(work(arguments[0], Duration.ofSeconds(1)), new TestAssignments(1, 1).task(7, 3));
        }
    }
}
