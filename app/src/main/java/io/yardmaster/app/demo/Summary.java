package io.yardmaster.app.demo;

import io.yardmaster.app.jobs.JobState;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The end of a demo in lines of at most 100 columns.
 *
 * @param speedup by which recorded times were divided
 */
public record Summary(double speedup, Fairness fairness) {
    private static final int WIDTH = 100;

    /** The results so far; also right for a run that was stopped. */
    public List<String> lines(Snapshot now) {
        List<String> lines = new ArrayList<>();
        lines.add(Words.format(
                "%3s %5s %-32s %5s %5s %6s %9s %9s %5s  %s",
                "job", "group", "workflow", "tasks", "done", "failed", "makespan", "recorded", "ratio", "state"));
        now.jobs().forEach(job -> lines.add(line(job)));
        now.jobs().forEach(job -> job.failure().ifPresent(failure -> lines.add(failure(job, failure))));
        lines.add("");
        long failed = now.jobs().stream()
                .filter(job -> job.progress().state() == JobState.FAILED)
                .count();
        lines.add(Words.format(
                "tasks        %d of %d done; %d of %d jobs finished, %d of them failed; in %s",
                now.tasksDone(),
                now.tasks(),
                now.jobsFinished(),
                now.jobs().size(),
                failed,
                Words.seconds(now.elapsed())));
        lines.add(Words.format(
                "assignments  %d (%d task, %d commit, %d cleanup), %d duplicates, %d delivered again",
                now.allAssignments(),
                now.assignments().get(TaskKind.TASK),
                now.assignments().get(TaskKind.COMMIT),
                now.assignments().get(TaskKind.CLEANUP),
                now.duplicates(),
                now.redelivered()));
        lines.add(Words.format(
                "outcomes     %d succeeded, %d failed, %d killed, %d refused",
                now.outcomes(TaskResult.SUCCEEDED),
                now.outcomes(TaskResult.FAILED),
                now.outcomes(TaskResult.KILLED),
                now.outcomes(TaskResult.REFUSED)));
        lines.add(Words.format(
                "waiting      p50 %s, p99 %s, longest %s, from ready to begun by an execution manager",
                Words.brief(now.waited().p50()),
                Words.brief(now.waited().p99()),
                Words.brief(now.waited().longest())));
        String parties = fairness == Fairness.JOB ? "jobs" : "resource groups";
        lines.add(Words.format(
                "fairness     %s, Jain's index over %s with tasks waiting at the same time (1 = equal turns;",
                Words.index(now.fairness()), parties));
        lines.add("             mean over intervals in which they were assigned 8 tasks each on average)");
        lines.add(Words.format(
                "makespan     until the job's last task; recorded = recorded makespan / %s", Words.number(speedup)));
        return lines;
    }

    private static String failure(JobLine job, String failure) {
        return Words.shortened("job " + job.progress().job().id() + " fails: " + failure, WIDTH);
    }

    private String line(JobLine job) {
        DemoProgress progress = job.progress();
        OptionalDouble recorded = progress.job().workflow().recordedMakespanSeconds();
        boolean comparable = job.makespan().isPresent() && recorded.orElse(0) > 0;
        return Words.format(
                "%3d %5d %-32s %5d %5d %6d %9s %9s %5s  %s",
                progress.job().id(),
                progress.job().resourceGroup(),
                Words.shortened(progress.job().workflow().name(), 32),
                progress.tasks(),
                progress.done(),
                progress.failedAttempts(),
                job.makespan().map(Words::seconds).orElse("-"),
                recorded.isPresent() ? Words.seconds(recorded.getAsDouble() / speedup) : "-",
                comparable
                        ? Words.format("%.2f", job.makespan().get().toMillis() / 1e3 * speedup / recorded.getAsDouble())
                        : "-",
                Words.state(progress.state()));
    }
}
