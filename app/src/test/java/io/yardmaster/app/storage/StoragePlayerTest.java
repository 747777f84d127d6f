package io.yardmaster.app.storage;

import static io.yardmaster.schemas.TaskKind.CLEANUP;
import static io.yardmaster.schemas.TaskKind.COMMIT;
import static io.yardmaster.schemas.TaskKind.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoragePlayerTest {
    private static final SubmittedJob DIAMOND = new SubmittedJob(7, 3, Workflows.diamond());

    private final StoragePlayer player = new StoragePlayer(5, 2, List.of(DIAMOND));

    @Test
    void tasksBecomeReadyWithTheirLastParentAndTogether() {
        assertThat(player.start()).containsExactly(ready(0, 0));
        assertThat(player.completed(7, TASK, 0, 0))
                .containsExactly(new StorageEvent<>(Topic.READY, 7, new TaskReady(3L, 7L, 5L, List.of(1, 2), 0)));
        assertThat(player.completed(7, TASK, 2, 0)).isEmpty();
        assertThat(player.completed(7, TASK, 1, 0)).containsExactly(ready(3, 0));
    }

    @Test
    void theCommitTaskFollowsTheLastTaskAndEndsTheJob() {
        runAllTasksButTheLast();

        assertThat(player.completed(7, TASK, 3, 0))
                .containsExactly(new StorageEvent<>(Topic.COMMIT, 7, new CommitReady(3L, 7L, 5L)));
        assertThat(progress()).isEqualTo(new JobProgress(DIAMOND, JobState.COMMITTING, 4, 4, 0, 0));
        assertThat(player.allFinished()).isFalse();

        assertThat(player.completed(7, COMMIT, -1, 0)).isEmpty();
        assertThat(progress().state()).isEqualTo(JobState.DONE);
        assertThat(player.allFinished()).isTrue();
    }

    @Test
    void aCancelledJobIsCleanedUpOnce() {
        player.start();

        assertThat(player.cancelled(7, false))
                .containsExactly(new StorageEvent<>(Topic.CLEANUP, 7, new CleanupReady(3L, 7L, 5L, true)));
        assertThat(player.cancelled(7, false)).isEmpty();
        assertThat(player.cancelled(8, false)).as("a job of others").isEmpty();
        assertThat(player.completed(7, TASK, 0, 0)).isEmpty();
        player.completed(7, CLEANUP, -1, 0);
        assertThat(progress().state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void theCommitTaskOfACancelledJobDecidesIfItWasDispatched() {
        runAllTasksButTheLast();
        player.completed(7, TASK, 3, 0);

        assertThat(player.cancelled(7, true)).isEmpty();
        assertThat(progress().state()).isEqualTo(JobState.COMMITTING);
        assertThat(player.cancelled(7, false)).hasSize(1);
        assertThat(progress().state()).isEqualTo(JobState.CLEANING_UP);
    }

    @Test
    void aFailedTaskIsReadyAgainWithTheNextAttempt() {
        player.start();

        assertThat(player.failed(7, TASK, 0, 0)).containsExactly(ready(0, 1));
        assertThat(player.completed(7, TASK, 0, 0))
                .as("the attempt that failed")
                .isEmpty();
        assertThat(player.ignored()).isEqualTo(1);
        assertThat(player.completed(7, TASK, 0, 1)).hasSize(1);
        assertThat(progress()).isEqualTo(new JobProgress(DIAMOND, JobState.RUNNING, 4, 1, 2, 1));
    }

    @Test
    void aJobWhoseAttemptsAreUsedUpEndsInCleanupAndNothingElseOfItBecomesReady() {
        player.start();
        player.completed(7, TASK, 0, 0);
        player.failed(7, TASK, 1, 0);

        assertThat(player.failed(7, TASK, 1, 1))
                .containsExactly(new StorageEvent<>(Topic.CLEANUP, 7, new CleanupReady(3L, 7L, 5L, true)));
        assertThat(player.completed(7, TASK, 2, 0))
                .as("was running when the job failed")
                .isEmpty();
        assertThat(player.ignored()).isEqualTo(1);
        assertThat(progress()).isEqualTo(new JobProgress(DIAMOND, JobState.CLEANING_UP, 4, 1, 0, 2));

        assertThat(player.completed(7, CLEANUP, -1, 0)).isEmpty();
        assertThat(progress().state()).isEqualTo(JobState.FAILED);
        assertThat(player.allFinished()).isTrue();
    }

    @Test
    void aKilledTaskIsNotTriedAgainAndMakesTheJobFail() {
        player.start();

        assertThat(player.killed(7, TASK, 0, 0))
                .containsExactly(new StorageEvent<>(Topic.CLEANUP, 7, new CleanupReady(3L, 7L, 5L, true)));
        assertThat(player.killed(7, CLEANUP, -1, 0)).isEmpty();
        assertThat(progress().state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void aCommitTaskThatFailsMakesTheJobFail() {
        runAllTasksButTheLast();
        player.completed(7, TASK, 3, 0);

        assertThat(player.failed(7, COMMIT, -1, 0))
                .<Object>extracting(StorageEvent::topic)
                .containsExactly(Topic.CLEANUP);
        player.completed(7, CLEANUP, -1, 0);
        assertThat(progress().state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void anUnexpectedReportChangesNothingAndIsCounted() {
        player.start();
        player.completed(7, TASK, 0, 0);
        JobProgress before = progress();

        assertThat(player.completed(7, TASK, 0, 0)).as("twice").isEmpty();
        assertThat(player.failed(7, TASK, 0, 0)).as("failed after it was done").isEmpty();
        assertThat(player.completed(7, TASK, 3, 0)).as("not ready").isEmpty();
        assertThat(player.completed(7, TASK, 1, 1)).as("an attempt to come").isEmpty();
        assertThat(player.completed(7, TASK, 1, -2)).as("no attempt").isEmpty();
        assertThat(player.completed(7, TASK, 4, 0)).as("no such task").isEmpty();
        assertThat(player.completed(7, TASK, -1, 0)).as("no task").isEmpty();
        assertThat(player.completed(8, TASK, 1, 0)).as("no such job").isEmpty();
        assertThat(player.completed(7, COMMIT, -1, 0))
                .as("commit of a running job")
                .isEmpty();
        assertThat(player.failed(7, CLEANUP, -1, 0))
                .as("cleanup of a running job")
                .isEmpty();

        assertThat(player.ignored()).isEqualTo(10);
        assertThat(progress()).isEqualTo(before);
    }

    @Test
    void jobsDoNotTouchEachOther() {
        StoragePlayer two = new StoragePlayer(0, 1, List.of(DIAMOND, new SubmittedJob(8, 4, Workflows.flat(3))));

        assertThat(two.start())
                .<Object>extracting(StorageEvent::value)
                .containsExactly(
                        new TaskReady(3L, 7L, 0L, List.of(0), 0), new TaskReady(4L, 8L, 0L, List.of(0, 1, 2), 0));
        two.failed(8, TASK, 1, 0);
        two.completed(8, CLEANUP, -1, 0);
        assertThat(two.allFinished()).isFalse();
        assertThat(two.progress()).extracting(JobProgress::state).containsExactly(JobState.RUNNING, JobState.FAILED);
    }

    @Test
    void veryManyTasksAreSeveralEvents() {
        StoragePlayer wide = new StoragePlayer(0, 1, List.of(new SubmittedJob(1, 1, Workflows.flat(20_001))));

        assertThat(wide.start())
                .extracting(
                        event -> ((TaskReady) event.value()).getTaskIndices().size())
                .containsExactly(10_000, 10_000, 1);
    }

    @Test
    void jobsWithTheSameIdAreRefused() {
        assertThatThrownBy(() -> new StoragePlayer(0, 1, List.of(DIAMOND, DIAMOND)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7");
    }

    private void runAllTasksButTheLast() {
        player.start();
        for (int task = 0; task < 3; task++) {
            player.completed(7, TASK, task, 0);
        }
    }

    private JobProgress progress() {
        return player.progress().get(0);
    }

    private static StorageEvent<TaskReady> ready(int task, int attempt) {
        return new StorageEvent<>(Topic.READY, 7, new TaskReady(3L, 7L, 5L, List.of(task), attempt));
    }
}
