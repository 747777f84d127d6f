package io.yardmaster.app.cli;

import io.yardmaster.app.storage.JobProgress;
import io.yardmaster.app.storage.JobState;
import io.yardmaster.app.storage.SubmissionListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;

/** Prints the progress of submitted jobs: a line every few seconds, and one when a job is done or refused. */
final class SubmissionView implements SubmissionListener {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final PrintWriter err;
    private final LongSupplier ticker;
    private final long started;
    private final Set<Long> ended = new HashSet<>();
    private Duration next = INTERVAL;

    /** With a monotonic clock in nanoseconds. */
    SubmissionView(PrintWriter out, PrintWriter err, LongSupplier ticker) {
        this.out = out;
        this.err = err;
        this.ticker = ticker;
        this.started = ticker.getAsLong();
    }

    @Override
    public void progress(List<JobProgress> jobs, int outstanding) {
        Duration elapsed = Duration.ofNanos(ticker.getAsLong() - started);
        for (JobProgress job : jobs) {
            if (job.state() == JobState.DONE && ended.add(job.job().id())) {
                say("job %s is done: %s tasks in %s".formatted(job.job().id(), job.tasks(), seconds(elapsed)));
            }
        }
        if (elapsed.compareTo(next) >= 0) {
            next = elapsed.plus(INTERVAL);
            int done = jobs.stream().mapToInt(JobProgress::done).sum();
            int tasks = jobs.stream().mapToInt(JobProgress::tasks).sum();
            int waiting =
                    Math.max(0, jobs.stream().mapToInt(SubmissionView::ready).sum() - outstanding);
            say("%s: %s of %s tasks, %s of %s jobs done; %s dispatched, %s waiting to be dispatched"
                    .formatted(seconds(elapsed), done, tasks, ended.size(), jobs.size(), outstanding, waiting));
        }
    }

    @Override
    public void refused(long job, String reason) {
        err.println("yardmaster: the scheduler refuses job %s: %s".formatted(job, reason));
        err.flush();
    }

    /** Number of tasks, with the commit task, that were reported ready and are not done. */
    private static int ready(JobProgress job) {
        return job.state() == JobState.COMMITTING ? 1 : job.open();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
