package io.yardmaster.app.cli;

import io.yardmaster.app.storage.Cancellation;
import io.yardmaster.app.storage.JobProgress;
import io.yardmaster.app.storage.JobState;
import io.yardmaster.app.storage.SubmissionListener;
import io.yardmaster.app.storage.SubmittedJob;
import io.yardmaster.app.storage.TaskKey;
import io.yardmaster.app.terminal.Printable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Prints the progress of submitted jobs: a line every few seconds, one when a job is done, failed or refused, and one for its cause. */
final class SubmissionView implements SubmissionListener {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Map<Long, SubmittedJob> jobs;
    private final PrintWriter out;
    private final PrintWriter err;
    private final LongSupplier ticker;
    private final long started;
    private final Set<Long> ended = new HashSet<>();
    private int failed;
    private boolean toldOfEvents;
    private Duration next = INTERVAL;

    /** With a monotonic clock in nanoseconds. */
    SubmissionView(List<SubmittedJob> jobs, PrintWriter out, PrintWriter err, LongSupplier ticker) {
        this.jobs = jobs.stream().collect(Collectors.toMap(SubmittedJob::id, Function.identity()));
        this.out = out;
        this.err = err;
        this.ticker = ticker;
        this.started = ticker.getAsLong();
    }

    @Override
    public void progress(List<JobProgress> jobs, int outstanding) {
        Duration elapsed = Duration.ofNanos(ticker.getAsLong() - started);
        for (JobProgress job : jobs) {
            if (job.state().isFinal() && ended.add(job.job().id())) {
                say(end(job) + " in " + seconds(elapsed));
            }
        }
        if (elapsed.compareTo(next) >= 0) {
            next = elapsed.plus(INTERVAL);
            int done = jobs.stream().mapToInt(JobProgress::done).sum();
            int tasks = jobs.stream().mapToInt(JobProgress::tasks).sum();
            int waiting =
                    Math.max(0, jobs.stream().mapToInt(SubmissionView::ready).sum() - outstanding);
            say("%s: %s of %s tasks, %s of %s jobs done%s; %s dispatched, %s waiting to be dispatched"
                    .formatted(
                            seconds(elapsed),
                            done,
                            tasks,
                            ended.size() - failed,
                            jobs.size(),
                            failed == 0 ? "" : ", " + failed + " failed",
                            outstanding,
                            waiting));
        }
    }

    private String end(JobProgress job) {
        if (job.state() == JobState.DONE) {
            return "job %s is done: %s tasks".formatted(job.job().id(), job.tasks());
        }
        failed++;
        return "job %s has failed: %s of %s tasks done".formatted(job.job().id(), job.done(), job.tasks());
    }

    @Override
    public void failed(TaskKey task, String failure) {
        String name = jobs.get(task.job()).nameOf(task.kind(), task.index());
        complain("job %s fails: %s %s".formatted(task.job(), name, failure));
    }

    @Override
    public void cancelled(Cancellation cancellation) {
        complain("job %s %s".formatted(cancellation.job(), cancellation.sentence()));
    }

    @Override
    public void eventsAreOff() {
        if (!toldOfEvents) {
            toldOfEvents = true;
            complain(
                    "the scheduler writes no events (events=none): this command does not learn that a job is cancelled while"
                            + " nothing of it runs, and would wait for it");
        }
    }

    @Override
    public void refused(long job, String reason) {
        failed++;
        ended.add(job);
        complain("the scheduler refuses job %s: %s".formatted(job, reason));
    }

    private void complain(String what) {
        err.println("yardmaster: " + Printable.line(what));
        err.flush();
    }

    /** Number of tasks, with the finalizing task, that were reported ready and have not ended. */
    private static int ready(JobProgress job) {
        return job.state() == JobState.COMMITTING || job.state() == JobState.CLEANING_UP ? 1 : job.open();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
