package io.yardmaster.app.cli;

import io.yardmaster.app.storage.JobProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;

/** Prints how far submitted jobs are: a line every few seconds, and one when a job has come to its end. */
final class SubmissionView {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final LongSupplier ticker;
    private final long started;
    private final Set<Long> ended = new HashSet<>();
    private Duration next = INTERVAL;

    /** With a monotonic clock in nanoseconds. */
    SubmissionView(PrintWriter out, LongSupplier ticker) {
        this.out = out;
        this.ticker = ticker;
        this.started = ticker.getAsLong();
    }

    void show(List<JobProgress> jobs) {
        Duration elapsed = Duration.ofNanos(ticker.getAsLong() - started);
        for (JobProgress job : jobs) {
            if (job.state().isFinal() && ended.add(job.job().id())) {
                say("job %s is done: %s tasks in %s".formatted(job.job().id(), job.tasks(), seconds(elapsed)));
            }
        }
        if (elapsed.compareTo(next) >= 0) {
            next = elapsed.plus(INTERVAL);
            int done = jobs.stream().mapToInt(JobProgress::done).sum();
            int tasks = jobs.stream().mapToInt(JobProgress::tasks).sum();
            say("%s: %s of %s tasks, %s of %s jobs done"
                    .formatted(seconds(elapsed), done, tasks, ended.size(), jobs.size()));
        }
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
