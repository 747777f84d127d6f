package io.yardmaster.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.jobs.JobState;
import io.yardmaster.app.workflow.Workflow;
import io.yardmaster.app.workflow.WorkflowTask;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoOutputTest {
    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text);

    @Test
    void aTerminalIsPaintedOverWithAllOfTwelveJobsIn79Columns() {
        ProgressView view = new ProgressView(out, true);

        view.show(snapshot(12, 10));
        assertThat(text()).startsWith("\u001b[Jjob group");
        assertThat(text().lines()).hasSize(14);
        text.getBuffer().setLength(0);
        view.show(snapshot(12, 20));

        assertThat(text()).startsWith("\u001b[14A\u001b[J");
        assertThat(text().lines().skip(1)).allMatch(line -> line.length() <= 79);
        assertThat(text())
                .contains("  3     2 workflow-with-a-lo.. [#####.........]  37%    37/100       4 running\n")
                .contains("  20.0 s  444/1200 tasks 37%  0.0 assigned/s  fairness 0.987  0 duplicates\n");
    }

    @Test
    void elsewherePlainLinesComeEveryFiveSeconds() {
        ProgressView view = new ProgressView(out, false);

        view.show(snapshot(12, 4.9));
        assertThat(text()).isEmpty();
        view.show(snapshot(12, 5));
        view.show(snapshot(12, 9.9));

        assertThat(text()).doesNotContain("\u001b");
        assertThat(text().lines()).hasSize(3).allMatch(line -> line.length() <= 79);
        assertThat(text()).contains("444/1200 tasks").contains("  12 37%");
    }

    @Test
    void veryManyJobsStillFitOnATerminal() {
        new ProgressView(out, true).show(snapshot(1000, 10));

        assertThat(text().lines()).hasSize(19);
        assertThat(text()).contains("    and 984 more jobs; 0 of 1000 are finished\n");
    }

    @Test
    void theSummaryComparesWithTheRecordInAtMost100Columns() {
        List<String> lines = new Summary(20, Fairness.JOB).lines(snapshot(12, 20));

        assertThat(lines).allMatch(line -> line.length() <= 100);
        assertThat(String.join("\n", lines))
                .contains("  4     1 workflow-with-a-long-name        ".stripTrailing())
                .contains("25.0 s    50.0 s  0.50  running")
                .contains("444 of 1200 done; 0 of 12 jobs finished, 0 of them failed; in 20.0 s")
                .contains("248 (246 task, 1 commit, 1 cleanup), 0 duplicates, 2 delivered again")
                .contains("job 3 fails: task 5 (t5) failed: disk full ")
                .contains("outcomes     231 succeeded, 12 failed, 0 killed, 0 refused")
                .contains("p50 12 ms, p99 345 ms, longest 12.3 s")
                .contains("0.987, Jain's index over jobs")
                .contains("recorded makespan / 20");
    }

    private String text() {
        return text.toString();
    }

    private static Snapshot snapshot(int jobs, double seconds) {
        List<WorkflowTask> tasks = IntStream.range(0, 100)
                .mapToObj(i -> new WorkflowTask(i, "t" + i, "t", List.of(), List.of(), 1))
                .toList();
        Workflow workflow = new Workflow("workflow-with-a-long-name", tasks, OptionalDouble.of(1000));
        List<JobLine> views = IntStream.rangeClosed(1, jobs)
                .mapToObj(id -> new JobLine(
                        new DemoProgress(new SubmittedJob(id, 1 + id / 2 % 2, workflow), JobState.RUNNING, 37, 9, 1),
                        4,
                        Optional.of(Duration.ofSeconds(25)),
                        id == 3 ? Optional.of("task 5 (t5) failed: " + "disk full ".repeat(20)) : Optional.empty()))
                .toList();
        return new Snapshot(
                Duration.ofMillis((long) (seconds * 1000)),
                views,
                Map.of(TaskKind.TASK, 246, TaskKind.COMMIT, 1, TaskKind.CLEANUP, 1),
                Map.of(TaskResult.SUCCEEDED, 231, TaskResult.FAILED, 12),
                0,
                2,
                new WaitingTimes.Percentiles(Duration.ofMillis(12), Duration.ofMillis(345), Duration.ofMillis(12_345)),
                OptionalDouble.of(0.9871));
    }
}
