package io.yardmaster.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.When;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FollowedJobTest {
    private static final PlannedJob SEVEN = Workflows.planned(7, Workflows.diamond());
    private static final long SECOND = 1_000_000_000;

    private final FollowedJob submitted = new FollowedJob(SEVEN, true);
    private final FollowedJob followed = new FollowedJob(SEVEN, false);
    private Instant at = Instant.EPOCH;
    private long session = 1;

    private void tell(FollowedJob job, JobEventKind what, String reason, String by) {
        at = at.plusSeconds(1);
        job.event(new JobEvent(at, 7L, 1L, session, what, -1, 0L, 0, reason, by, 0));
    }

    private void tell(FollowedJob job, JobEventKind... events) {
        for (JobEventKind event : events) {
            tell(job, event, "", "");
        }
    }

    private void outcome(FollowedJob job, TaskKind kind, int task, TaskResult result, long now) {
        Instant time = Instant.EPOCH;
        job.outcome(new TaskOutcome(1L, 1L, 7L, session, kind, task, 0, result, "disk full", time, time, "w"), now);
    }

    @Test
    void eventsTellHowItGoesOnAndEnds() {
        assertThat(submitted.progress().state()).isEqualTo(JobState.UNKNOWN);
        tell(submitted, JobEventKind.JOB_BEGAN);
        assertThat(submitted.progress().state()).isEqualTo(JobState.RUNNING);
        tell(submitted, JobEventKind.JOB_COMMITTING);
        assertThat(submitted.progress().done()).isEqualTo(4);
        assertThat(submitted.progress().state()).isEqualTo(JobState.COMMITTING);
        tell(submitted, JobEventKind.JOB_SUCCEEDED, JobEventKind.JOB_ENDED);

        assertThat(submitted.progress().state()).isEqualTo(JobState.DONE);
        assertThat(submitted.progress().ran()).contains(Duration.ofSeconds(2));
        assertThat(submitted.news()).isEmpty();
    }

    @Test
    void aFailureIsToldWithItsReasonAndTheJobHasFailedWhenItHasEnded() {
        tell(submitted, JobEventKind.JOB_BEGAN);
        tell(submitted, JobEventKind.JOB_FAILED, "stage t1 failed: disk full", "");
        tell(submitted, JobEventKind.JOB_CLEANING_UP);
        assertThat(submitted.progress().state()).isEqualTo(JobState.CLEANING_UP);
        tell(submitted, JobEventKind.JOB_ENDED);

        assertThat(submitted.progress().state()).isEqualTo(JobState.FAILED);
        assertThat(submitted.news()).containsExactly("job 7 fails: stage t1 failed: disk full");
        assertThat(submitted.news()).as("told once").isEmpty();
    }

    @Test
    void theReasonOfAFailureIsToldAlsoIfTheLastOutcomeIsReadBeforeItsEvent() {
        tell(submitted, JobEventKind.JOB_BEGAN);
        outcome(submitted, TaskKind.TASK, 1, TaskResult.FAILED, 0);
        outcome(submitted, TaskKind.CLEANUP, -1, TaskResult.SUCCEEDED, 0);
        tell(submitted, JobEventKind.JOB_FAILED, "stage t1 failed: disk full", "");
        tell(submitted, JobEventKind.JOB_ENDED);

        assertThat(submitted.news()).containsExactly("job 7 fails: stage t1 failed: disk full");
        assertThat(submitted.progress().state()).isEqualTo(JobState.FAILED);
    }

    /** Outcomes come in a topic of their own. */
    @Test
    void outcomesThatAreReadAfterTheEndCountToo() {
        tell(followed, JobEventKind.JOB_BEGAN, JobEventKind.JOB_FAILED, JobEventKind.JOB_ENDED);
        outcome(followed, TaskKind.TASK, 1, TaskResult.FAILED, 0);
        outcome(followed, TaskKind.CLEANUP, -1, TaskResult.SUCCEEDED, 0);
        followed.tick(60 * SECOND);

        assertThat(followed.progress().state()).isEqualTo(JobState.FAILED);
        assertThat(followed.progress().done()).isEqualTo(1);
        assertThat(followed.progress().failedAttempts()).isEqualTo(1);
    }

    @Test
    void aCommandIsToldWithWhoGaveItAndWhy() {
        tell(submitted, JobEventKind.JOB_BEGAN);
        tell(submitted, JobEventKind.JOB_PAUSED, "maintenance", "ben");
        tell(submitted, JobEventKind.JOB_RESUMED, "", "ben");
        tell(submitted, JobEventKind.JOB_CANCELLED, "wrong input", "ann");
        tell(submitted, JobEventKind.JOB_ENDED);

        assertThat(submitted.progress().state()).isEqualTo(JobState.CANCELLED);
        assertThat(submitted.news())
                .containsExactly(
                        "job 7 is paused by ben: maintenance",
                        "job 7 goes on by ben",
                        "job 7 is cancelled by ann: wrong input");
    }

    /** The job has an id that is in use. */
    @Test
    void newsOfAnotherJobOfThisIdDoNotCountBeforeItsOwnBegins() {
        tell(submitted, JobEventKind.JOB_COMMITTING, JobEventKind.JOB_SUCCEEDED, JobEventKind.JOB_ENDED);
        outcome(submitted, TaskKind.COMMIT, -1, TaskResult.SUCCEEDED, 0);
        submitted.tick(SECOND);
        assertThat(submitted.progress().state()).isEqualTo(JobState.UNKNOWN);
        submitted.refused("job 7 is known already");

        submitted.tick(60 * SECOND);
        assertThat(submitted.progress().state()).isEqualTo(JobState.REFUSED);
        assertThat(submitted.news()).containsExactly("the scheduler refuses job 7: job 7 is known already");
    }

    @Test
    void aRefusalIsToldOnceThoughAnEventAndADeadLetterSayIt() {
        tell(submitted, JobEventKind.JOB_REFUSED, "it has a cycle", "");
        submitted.refused("it has a cycle");

        assertThat(submitted.news()).containsExactly("the scheduler refuses job 7: it has a cycle");
        tell(followed, JobEventKind.JOB_BEGAN, JobEventKind.JOB_REFUSED);
        assertThat(followed.progress().state()).as("of another one").isEqualTo(JobState.RUNNING);
    }

    @Test
    void withoutEventsTheOutcomeOfTheFinalizingTaskSaysThatItHasEnded() {
        outcome(submitted, TaskKind.TASK, 0, TaskResult.SUCCEEDED, 0);
        submitted.tick(2 * SECOND);
        assertThat(submitted.progress().state()).as("events may come yet").isEqualTo(JobState.UNKNOWN);
        submitted.tick(3 * SECOND);
        assertThat(submitted.progress().state()).isEqualTo(JobState.RUNNING);
        outcome(submitted, TaskKind.COMMIT, -1, TaskResult.SUCCEEDED, 10 * SECOND);
        submitted.tick(12 * SECOND);
        assertThat(submitted.progress().state()).isEqualTo(JobState.RUNNING);
        submitted.tick(13 * SECOND);
        assertThat(submitted.progress().state()).isEqualTo(JobState.DONE);

        outcome(followed, TaskKind.TASK, 1, TaskResult.FAILED, 0);
        outcome(followed, TaskKind.CLEANUP, -1, TaskResult.REFUSED, 0);
        outcome(followed, TaskKind.CLEANUP, -1, TaskResult.SUCCEEDED, SECOND);
        followed.tick(4 * SECOND);
        assertThat(followed.progress().state()).isEqualTo(JobState.FAILED);
        assertThat(followed.news()).containsExactly("job 7 fails: stage t1 failed: disk full");
    }

    @Test
    void withEventsTheOutcomeOfTheCommitTaskIsNotTheEnd() {
        tell(submitted, JobEventKind.JOB_BEGAN);
        outcome(submitted, TaskKind.COMMIT, -1, TaskResult.SUCCEEDED, 0);
        submitted.tick(60 * SECOND);
        assertThat(submitted.progress().state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void ofAnIdThatWasUsedAgainOnlyTheLastJobCounts() {
        tell(followed, JobEventKind.JOB_BEGAN);
        tell(followed, JobEventKind.JOB_FAILED, "disk full", "");
        tell(followed, JobEventKind.JOB_ENDED);
        session = 2;
        tell(followed, JobEventKind.JOB_BEGAN);
        session = 1;
        outcome(followed, TaskKind.TASK, 0, TaskResult.SUCCEEDED, 0);
        session = 2;
        assertThat(followed.progress().done()).as("an older session's").isZero();
        outcome(followed, TaskKind.TASK, 0, TaskResult.SUCCEEDED, 0);

        assertThat(followed.progress().done()).isEqualTo(1);
        assertThat(followed.progress().state()).isEqualTo(JobState.RUNNING);
        assertThat(followed.news()).isEmpty();
    }

    @Test
    void anAnswerToACommandDoesNotMakeAJobKnown() {
        tell(followed, JobEventKind.COMMAND_DROPPED, JobEventKind.OTHER);
        assertThat(followed.isKnown()).isFalse();
        tell(followed, JobEventKind.JOB_PAUSED);
        assertThat(followed.isKnown()).isTrue();
    }

    private static FollowedJob withoutFinalizingTasks(OnFailure onFailure) {
        JobPlan plan = Stages.plan(onFailure, Stages.stage("a", 2, When.ALL, 2), Stages.stage("b", 1, "a"));
        return new FollowedJob(new PlannedJob(7, 1, plan), true);
    }

    @Test
    void withoutEventsTheLastTaskEndsAJobThatHasNoCommitTask() {
        FollowedJob job = withoutFinalizingTasks(OnFailure.STOP);
        outcome(job, TaskKind.TASK, 0, TaskResult.FAILED, 0);
        outcome(job, TaskKind.TASK, 0, TaskResult.SUCCEEDED, 0);
        outcome(job, TaskKind.TASK, 1, TaskResult.SUCCEEDED, 0);
        job.tick(10 * SECOND);
        assertThat(job.progress().state()).isEqualTo(JobState.RUNNING);
        outcome(job, TaskKind.TASK, 2, TaskResult.SUCCEEDED, 11 * SECOND);
        job.tick(13 * SECOND);
        assertThat(job.progress().state()).as("events may come yet").isEqualTo(JobState.RUNNING);
        job.tick(14 * SECOND);
        assertThat(job.progress().state()).isEqualTo(JobState.DONE);
        assertThat(job.hasJustEnded()).isTrue();
        assertThat(job.hasJustEnded()).as("asked again").isFalse();
    }

    @Test
    void withoutEventsTheFirstTaskThatFailsForGoodEndsAJobThatStops() {
        FollowedJob job = withoutFinalizingTasks(OnFailure.STOP);
        lastAttemptFails(job);
        job.tick(3 * SECOND);
        assertThat(job.progress().state()).isEqualTo(JobState.FAILED);
        assertThat(job.news()).containsExactly("job 7 fails: task 1 of stage a failed: disk full");
    }

    @Test
    void withoutEventsTheEndOfAJobThatContinuesMayNotBeSeenWhichIsSaidOnce() {
        FollowedJob job = withoutFinalizingTasks(OnFailure.CONTINUE);
        lastAttemptFails(job);
        job.tick(3 * SECOND);
        job.tick(4 * SECOND);
        assertThat(job.progress().state()).isEqualTo(JobState.RUNNING);
        assertThat(job.news())
                .containsExactly(
                        "job 7 has failed tasks: task 1 of stage a failed: disk full; as the scheduler tells no"
                                + " events, its end may not be seen here");
    }

    private static void lastAttemptFails(FollowedJob job) {
        Instant time = Instant.EPOCH;
        job.outcome(
                new TaskOutcome(1L, 1L, 7L, 1L, TaskKind.TASK, 1, 1, TaskResult.FAILED, "disk full", time, time, "w"),
                0);
    }
}
