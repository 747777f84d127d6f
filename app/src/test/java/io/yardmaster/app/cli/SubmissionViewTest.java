package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.storage.Cancellation;
import io.yardmaster.app.storage.JobProgress;
import io.yardmaster.app.storage.JobState;
import io.yardmaster.app.storage.SubmittedJob;
import io.yardmaster.app.storage.TaskKey;
import io.yardmaster.app.storage.Workflows;
import io.yardmaster.schemas.TaskKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubmissionViewTest {
    private static final SubmittedJob SEVEN = new SubmittedJob(7, 1, Workflows.diamond());
    private static final SubmittedJob EIGHT = new SubmittedJob(8, 1, Workflows.diamond());
    private static final SubmittedJob NINE = new SubmittedJob(9, 1, Workflows.diamond());

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private long now;
    private final SubmissionView view = new SubmissionView(
            List.of(SEVEN, EIGHT, NINE), new PrintWriter(out, true), new PrintWriter(err, true), () -> now);

    @Test
    void aFailureIsOneLineWithTaskAndReasonAndAnotherWhenItsJobHasEnded() {
        view.failed(new TaskKey(7, TaskKind.TASK, 2), "failed: line 1\nline 2");
        view.failed(new TaskKey(8, TaskKind.COMMIT, -1), "was killed");
        view.failed(new TaskKey(7, TaskKind.CLEANUP, -1), "failed");
        view.progress(List.of(progress(SEVEN, JobState.FAILED, 1), progress(EIGHT, JobState.CLEANING_UP, 4)), 0);
        view.progress(List.of(progress(SEVEN, JobState.FAILED, 1), progress(EIGHT, JobState.FAILED, 4)), 0);

        assertThat(err)
                .hasToString(
                        """
                        yardmaster: job 7 fails: task 2 (t2) failed: line 1\\u000aline 2
                        yardmaster: job 8 fails: its commit task was killed
                        yardmaster: job 7 fails: its cleanup task failed
                        """);
        assertThat(out)
                .hasToString(
                        """
                        job 7 has failed: 1 of 4 tasks done in 0.0 s
                        job 8 has failed: 4 of 4 tasks done in 0.0 s
                        """);
    }

    @Test
    void aCancellationNamesWhoAskedForItAndWhyAndThatEventsAreOffIsSaidOnce() {
        view.eventsAreOff();
        view.eventsAreOff();
        view.cancelled(new Cancellation(7, "anna", "line 1\nline 2"));
        view.cancelled(new Cancellation(8, "", ""));

        assertThat(err)
                .hasToString(
                        """
                        yardmaster: the scheduler writes no events (events=none): this command does not learn that a job is \
                        cancelled while nothing of it runs, and would wait for it
                        yardmaster: job 7 was cancelled by anna: line 1\\u000aline 2
                        yardmaster: job 8 was cancelled
                        """);
    }

    @Test
    void jobsThatFailedOrWereRefusedDoNotCountAsDone() {
        view.refused(9, "it is known");
        now = 6_000_000_000L;
        view.progress(
                List.of(
                        progress(SEVEN, JobState.FAILED, 1),
                        progress(EIGHT, JobState.DONE, 4),
                        progress(NINE, JobState.FAILED, 0)),
                0);

        assertThat(err).hasToString("yardmaster: the scheduler refuses job 9: it is known\n");
        assertThat(out)
                .hasToString(
                        """
                        job 7 has failed: 1 of 4 tasks done in 6.0 s
                        job 8 is done: 4 tasks in 6.0 s
                        6.0 s: 5 of 12 tasks, 1 of 3 jobs done, 2 failed; 0 dispatched, 0 waiting to be dispatched
                        """);
    }

    private static JobProgress progress(SubmittedJob job, JobState state, int done) {
        return new JobProgress(job, state, 4, done, 0, 0);
    }
}
