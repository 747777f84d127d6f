package io.yardmaster.app.cli;

import io.yardmaster.app.jobs.JobProgress;
import io.yardmaster.app.jobs.JobState;
import io.yardmaster.app.jobs.StageCounts;
import io.yardmaster.app.terminal.Printable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Prints the progress of submitted jobs: two lines every few seconds, one and a table when a job has ended, and one for its cause. */
final class SubmissionView {
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

    /**
     * Shows the jobs as they are now. To be called many times a second.
     *
     * @param news what became of jobs since the last call
     * @param kinds asked for seldom
     * @param counts of the stages of a job, by its id; asked for when the job has ended
     */
    void show(
            List<String> news,
            List<JobProgress> jobs,
            Supplier<Optional<String>> kinds,
            LongFunction<List<StageCounts>> counts) {
        news.forEach(this::complain);
        for (JobProgress job : jobs) {
            if (job.state().isFinal()
                    && job.state() != JobState.REFUSED
                    && ended.add(job.job().id())) {
                say("%s in %s".formatted(end(job), seconds(job.ran().orElse(elapsed()))));
                StageTable.lines(counts.apply(job.job().id())).forEach(line -> say(Printable.line(line)));
            }
        }
        boolean allEnded = jobs.stream().allMatch(job -> job.state().isFinal());
        if (!allEnded && elapsed().compareTo(next) >= 0) {
            next = elapsed().plus(INTERVAL);
            totals(jobs, kinds);
        }
    }

    /** Says how far the jobs are. */
    void totals(List<JobProgress> jobs, Supplier<Optional<String>> kinds) {
        String indent = seconds(elapsed()) + ": ";
        int done = jobs.stream().mapToInt(JobProgress::done).sum();
        int tasks = jobs.stream().mapToInt(JobProgress::tasks).sum();
        int failures = jobs.stream().mapToInt(JobProgress::failedAttempts).sum();
        int open = jobs.stream()
                .filter(job -> job.state() == JobState.RUNNING)
                .mapToInt(JobProgress::open)
                .sum();
        long jobsDone = count(jobs, JobState.DONE);
        long failed = jobs.stream().filter(job -> job.state().isFinal()).count() - jobsDone;
        long unknown = count(jobs, JobState.UNKNOWN);
        say(indent
                + "%s of %s tasks, %s of %s jobs done%s; %s ready or running%s%s"
                        .formatted(
                                done,
                                tasks,
                                jobsDone,
                                jobs.size(),
                                failed == 0 ? "" : ", " + failed + " failed",
                                open,
                                failures == 0
                                        ? ""
                                        : ", " + failures + (failures == 1 ? " attempt" : " attempts") + " failed",
                                unknown == 0 ? "" : "; the scheduler has not taken " + unknown + " of the jobs yet"));
        kinds.get().ifPresent(line -> say(" ".repeat(indent.length()) + line));
    }

    private static long count(List<JobProgress> jobs, JobState state) {
        return jobs.stream().filter(job -> job.state() == state).count();
    }

    private static String end(JobProgress job) {
        long id = job.job().id();
        return switch (job.state()) {
            case DONE -> "job %s is done: %s tasks".formatted(id, job.tasks());
            case CANCELLED -> "job %s was cancelled: %s of %s tasks done".formatted(id, job.done(), job.tasks());
            default -> "job %s has failed: %s of %s tasks done".formatted(id, job.done(), job.tasks());
        };
    }

    private Duration elapsed() {
        return Duration.ofNanos(ticker.getAsLong() - started);
    }

    /** Says what went wrong, or what somebody asked for. */
    void complain(String what) {
        err.println("yardmaster: " + Printable.line(what));
        err.flush();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }
}
