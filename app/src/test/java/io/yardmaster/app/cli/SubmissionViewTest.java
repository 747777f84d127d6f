package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.jobs.JobProgress;
import io.yardmaster.app.jobs.JobState;
import io.yardmaster.app.jobs.PlannedJob;
import io.yardmaster.app.jobs.StageCounts;
import io.yardmaster.app.jobs.Workflows;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubmissionViewTest {
    private static final List<StageCounts> COUNTS = List.of(
            new StageCounts("split", 1, 1, 0, 0, 5_000, 5_100, ""),
            new StageCounts("render", 2_000, 1_500, 20, 25, 5_100, 17_100, "task 7: exit\ncode 3"),
            new StageCounts("publish", 1, 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE, ""));
    private static final String TABLE =
            """
              stage         tasks   succeeded      failed      killed        time  first failure
              split             1           1           0           0       0.1 s
              render         2000        1500          20         480      12.0 s  task 7: exit\\u000acode 3
              publish           1           0           0           1           -
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private long now;
    private final SubmissionView view =
            new SubmissionView(new PrintWriter(out, true), new PrintWriter(err, true), () -> now);

    private void show(List<String> news, JobProgress... jobs) {
        view.show(news, List.of(jobs), Optional::empty, id -> COUNTS);
    }

    @Test
    void newsAreOneLineEachAndSoIsTheEndOfAJob() {
        show(List.of("job 7 fails: line 1\nline 2"), job(7, JobState.CLEANING_UP, 1), job(8, JobState.RUNNING, 4));
        show(List.of(), job(7, JobState.FAILED, 1), job(8, JobState.DONE, 4));
        show(List.of(), job(7, JobState.FAILED, 1), job(8, JobState.DONE, 4), job(9, JobState.CANCELLED, 0));

        assertThat(err).hasToString("yardmaster: job 7 fails: line 1\\u000aline 2\n");
        assertThat(out)
                .hasToString(
                        """
                        job 7 has failed: 1 of 4 tasks done in 0.0 s
                        %1$sjob 8 is done: 4 tasks in 0.0 s
                        %1$sjob 9 was cancelled: 0 of 4 tasks done in 0.0 s
                        %1$s"""
                                .formatted(TABLE));
    }

    @Test
    void theTimeIsTheJobsOwnIfItIsKnown() {
        PlannedJob seven = Workflows.planned(7, Workflows.diamond());
        show(List.of(), new JobProgress(seven, JobState.DONE, 4, 0, 0, Optional.of(Duration.ofSeconds(75))));

        assertThat(out).hasToString("job 7 is done: 4 tasks in 75.0 s\n" + TABLE);
    }

    @Test
    void nothingIsPrintedBehindTheTableOfTheLastJob() {
        now = 5_000_000_000L;
        show(List.of(), job(7, JobState.DONE, 4));

        assertThat(out).hasToString("job 7 is done: 4 tasks in 5.0 s\n" + TABLE);
    }

    @Test
    void everyFiveSecondsTheTotalsAndKindsArePrinted() {
        List<JobProgress> jobs = List.of(job(7, JobState.RUNNING, 1), job(8, JobState.UNKNOWN, 0));
        now = 4_900_000_000L;
        view.show(List.of(), jobs, () -> Optional.of("sort 1/3"), id -> COUNTS);
        assertThat(out.toString()).isEmpty();
        now = 5_000_000_000L;
        view.show(List.of(), jobs, () -> Optional.of("sort 1/3"), id -> COUNTS);
        now = 9_900_000_000L;
        view.show(List.of(), jobs, () -> Optional.of("sort 1/3"), id -> COUNTS);

        assertThat(out)
                .hasToString(
                        """
                        5.0 s: 1 of 8 tasks, 0 of 2 jobs done; 2 ready or running, 2 attempts failed; the scheduler has not taken 1 of the jobs yet
                               sort 1/3
                        """);
    }

    @Test
    void jobsThatFailedOrWereRefusedDoNotCountAsDone() {
        now = 6_000_000_000L;
        show(
                List.of("the scheduler refuses job 9: it is known"),
                job(7, JobState.FAILED, 1),
                job(8, JobState.DONE, 4),
                job(9, JobState.REFUSED, 0),
                job(10, JobState.RUNNING, 2));

        assertThat(err).hasToString("yardmaster: the scheduler refuses job 9: it is known\n");
        assertThat(out)
                .hasToString(
                        """
                        job 7 has failed: 1 of 4 tasks done in 6.0 s
                        %1$sjob 8 is done: 4 tasks in 6.0 s
                        %1$s6.0 s: 7 of 16 tasks, 1 of 4 jobs done, 2 failed; 2 ready or running, 4 attempts failed
                        """
                                .formatted(TABLE));
    }

    private static JobProgress job(long id, JobState state, int done) {
        return new JobProgress(Workflows.planned(id, Workflows.diamond()), state, done, 2, 1, Optional.empty());
    }
}
