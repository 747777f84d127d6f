package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TestAssignmentsTest {
    private final TestAssignments given = new TestAssignments(3, 8);

    @Test
    void eachAssignmentHasItsOwnIdAndTheKindAskedFor() throws Exception {
        var seen = new ArrayList<Assignment>();
        AssignmentHandler handler = (assignment, context) -> seen.add(assignment);
        TestAssignments.run(handler, given.task(5, 2));
        TestAssignments.run(handler, given.commit(5));
        TestAssignments.run(handler, given.cleanup(6));
        assertThat(seen).extracting(Assignment::id).containsExactly(0L, 1L, 2L);
        assertThat(seen).extracting(Assignment::kind).containsExactly(TaskKind.TASK, TaskKind.COMMIT, TaskKind.CLEANUP);
        assertThat(seen).extracting(Assignment::taskIndex).containsExactly(2, -1, -1);
        assertThat(seen).allMatch(assignment -> assignment.session() == 8 && assignment.resourceGroupId() == 3);
    }

    @Test
    void theHandlersExceptionReachesTheCaller() {
        assertThatThrownBy(() -> TestAssignments.run(
                        (assignment, context) -> {
                            throw new IOException("no");
                        },
                        given.task(1, 1)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aKillCancelsWhatTheJobRunsExceptForItsCleanupTask() throws Exception {
        HandlerContext task = given.context(given.task(5, 0));
        HandlerContext commit = given.context(given.commit(5));
        HandlerContext cleanup = given.context(given.cleanup(5));
        HandlerContext other = given.context(given.task(6, 0));
        assertThat(task.cancelled()).isFalse();
        var seen = new CompletableFuture<Boolean>();
        var waiting = new Thread(() -> seen.complete(awaitCancelled(commit)));
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        given.kill(5);
        assertThat(seen.get(1, TimeUnit.MINUTES)).isTrue();
        assertThat(task.cancelled()).isTrue();
        assertThat(cleanup.cancelled()).isFalse();
        assertThat(other.cancelled()).isFalse();
    }

    @Test
    void G4_aKillOfSomeTasksCancelsNoOthers() {
        HandlerContext task = given.context(given.task(5, 3));
        HandlerContext other = given.context(given.task(5, 4));
        given.killTasks(5, 2, 2);
        assertThat(task.cancelled()).isTrue();
        assertThat(other.cancelled()).isFalse();
        assertThat(resultOf((assignment, context) -> {}, given.task(5, 2))).isEqualTo("KILLED not needed");
    }

    @Test
    void aTaskHasThePayloadThatIsAskedForOrNone() {
        Assignment assignment = given.taskWithPayload(5, 0, "convert".getBytes(StandardCharsets.UTF_8));
        assertThat(StandardCharsets.UTF_8.decode(assignment.payload()).toString())
                .isEqualTo("convert");
        assertThat(given.task(5, 0).payload().hasRemaining()).isFalse();
    }

    @Test
    void anOutcomeIsTheOneThatAnExecutionManagerWrites() {
        assertThat(resultOf((assignment, context) -> {}, given.task(5, 0))).isEqualTo("SUCCEEDED ");
        assertThat(resultOf(
                        (assignment, context) -> {
                            throw new IOException("disk full");
                        },
                        given.task(5, 0)))
                .isEqualTo("FAILED disk full");
        assertThat(resultOf(
                        (assignment, context) -> {
                            throw new IOException();
                        },
                        given.task(5, 0)))
                .isEqualTo("FAILED java.io.IOException");
        assertThat(resultOf(
                        (assignment, context) -> {
                            throw new TaskRefusedException("no licence");
                        },
                        given.task(5, 0)))
                .isEqualTo("REFUSED no licence");
        assertThat(resultOf(
                        (assignment, context) -> context.awaitCancelled(Duration.ofDays(1)),
                        given.taskWithTimeout(5, 0, Duration.ofMillis(5))))
                .isEqualTo("FAILED ran longer than 5 ms");
        assertThat(resultOf((assignment, context) -> given.kill(5), given.task(5, 0)))
                .isEqualTo("KILLED cancelled");
        Assignment cleanup = given.cleanup(5);
        TaskOutcome outcome = given.outcomeOf((assignment, context) -> {}, cleanup);
        assertThat(outcome)
                .isEqualTo(new TaskOutcome(
                        cleanup.id(),
                        3L,
                        5L,
                        8L,
                        TaskKind.CLEANUP,
                        -1,
                        0,
                        TaskResult.SUCCEEDED,
                        "",
                        Instant.EPOCH,
                        Instant.EPOCH,
                        "test"));
    }

    @Test
    void aReasonIsShortenedToWhatTheSchedulerTakesAndNeverInsideACharacter() {
        String longest = "x".repeat(998) + "\uD83D\uDE82" + "y".repeat(100);
        TaskOutcome outcome = given.outcomeOf(
                (assignment, context) -> {
                    throw new TaskFailedException(longest);
                },
                given.task(1, 1));
        assertThat(outcome.getReason()).isEqualTo("x".repeat(998) + "…");
        assertThat(Reasons.shortened("x".repeat(1_000))).hasSize(1_000);
    }

    @Test
    void aCancelledRunFindsItselfCancelledWithoutWaiting() throws Exception {
        TestAssignments.runCancelled(
                (assignment, context) -> {
                    assertThat(context.cancelled()).isTrue();
                    assertThat(context.awaitCancelled(Duration.ofDays(1))).isTrue();
                },
                given.task(1, 1));
    }

    private String resultOf(AssignmentHandler handler, Assignment assignment) {
        TaskOutcome outcome = given.outcomeOf(handler, assignment);
        return outcome.getResult() + " " + outcome.getReason();
    }

    private static boolean awaitCancelled(HandlerContext context) {
        try {
            return context.awaitCancelled(Duration.ofDays(1));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
