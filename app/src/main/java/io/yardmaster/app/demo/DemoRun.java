package io.yardmaster.app.demo;

import io.yardmaster.client.Assignment;
import io.yardmaster.client.ReportListener;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.ToIntFunction;

/** One run of the demo: counts the reports of the execution managers. Safe for use by any number of threads. */
public final class DemoRun implements ReportListener {
    private final Fairness fairness;
    private final InstantSource clock;

    private final Map<Long, DemoJob> jobs = new LinkedHashMap<>();
    private final Map<Long, Integer> waiting = new HashMap<>();
    private final Map<Long, Duration> makespans = new HashMap<>();
    private final Map<TaskResult, Integer> outcomes = new EnumMap<>(TaskResult.class);
    private final Deliveries deliveries = new Deliveries();
    private final WaitingTimes waitingTimes = new WaitingTimes();
    private final FairnessMeter meter = new FairnessMeter();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private Instant started;

    /**
     * @param attempts of a task before its job fails, 1 or more
     * @param fairness tells whether fairness is measured among jobs or groups
     */
    public DemoRun(List<SubmittedJob> jobs, int attempts, Fairness fairness, InstantSource clock) {
        this.fairness = fairness;
        this.clock = clock;
        jobs.forEach(job -> this.jobs.put(job.id(), new DemoJob(job, attempts)));
        this.started = clock.instant();
    }

    /** Starts the clock; to be called once, just before the graphs are sent. */
    public synchronized void start() {
        started = clock.instant();
        jobs.values().forEach(job -> ready(job, job.open()));
    }

    /** Completes when every job is done or failed. */
    public CompletionStage<Void> finished() {
        return finished.minimalCompletionStage();
    }

    /** Takes note that an execution manager begins with an assignment. */
    public synchronized void received(Assignment assignment) {
        if (!deliveries.add(assignment)) {
            return;
        }
        waitingTimes.add(Duration.between(assignment.readyAt(), clock.instant()));
        react(assignment, job -> job.begun(assignment));
        if (assignment.kind() == TaskKind.TASK && waiting.getOrDefault(assignment.jobId(), 0) > 0) {
            waiting.merge(assignment.jobId(), -1, Integer::sum);
            meter.assigned(party(jobs.get(assignment.jobId())));
        }
    }

    @Override
    public synchronized void completed(Assignment assignment) {
        count(TaskResult.SUCCEEDED);
        react(assignment, job -> job.succeeded(assignment));
    }

    @Override
    public synchronized void failed(Assignment assignment, Exception lastError, int tries) {
        count(TaskResult.FAILED);
        react(assignment, job -> job.failed(assignment, "failed: " + lastError.getMessage()));
    }

    @Override
    public synchronized void killed(Assignment assignment, String reason, String by) {
        count(TaskResult.KILLED);
        react(assignment, job -> {
            job.killed(assignment, reason.isBlank() ? "was killed" : "was killed: " + reason);
            return 0;
        });
    }

    @Override
    public synchronized void refused(Assignment assignment, String reason) {
        count(TaskResult.REFUSED);
    }

    private void count(TaskResult result) {
        outcomes.merge(result, 1, Integer::sum);
    }

    private void react(Assignment assignment, ToIntFunction<DemoJob> news) {
        react(jobs.get(assignment.jobId()), news);
    }

    /** Takes note that the scheduler has refused the graph of a job, which therefore has ended. */
    public synchronized void refused(long job, String reason) {
        react(jobs.get(job), refused -> {
            refused.refused(reason);
            return 0;
        });
    }

    private void react(DemoJob job, ToIntFunction<DemoJob> news) {
        ready(job, news.applyAsInt(job));
        if (!job.isRunning()) {
            withdraw(job);
        }
        if (jobs.values().stream().allMatch(DemoJob::hasEnded)) {
            finished.complete(null);
        }
    }

    private void ready(DemoJob job, int tasks) {
        if (tasks > 0) {
            waiting.merge(job.submitted().id(), tasks, Integer::sum);
            meter.ready(party(job), tasks);
        }
    }

    /** All its tasks have ended, or it has failed. */
    private void withdraw(DemoJob job) {
        makespans.putIfAbsent(job.submitted().id(), elapsed());
        Integer left = waiting.remove(job.submitted().id());
        if (left != null) {
            meter.withdrawn(party(job), left);
        }
    }

    public synchronized Snapshot snapshot() {
        List<JobLine> lines = new ArrayList<>();
        jobs.forEach((id, job) -> lines.add(new JobLine(
                job.progress(), waiting.getOrDefault(id, 0), Optional.ofNullable(makespans.get(id)), job.failure())));
        Map<TaskKind, Integer> assignments = new EnumMap<>(TaskKind.class);
        for (TaskKind kind : TaskKind.values()) {
            assignments.put(kind, deliveries.count(kind));
        }
        return new Snapshot(
                elapsed(),
                lines,
                assignments,
                Map.copyOf(outcomes),
                deliveries.duplicates(),
                deliveries.redelivered(),
                waitingTimes.percentiles(),
                meter.index());
    }

    private long party(DemoJob job) {
        return fairness == Fairness.JOB ? job.submitted().id() : job.submitted().resourceGroup();
    }

    private Duration elapsed() {
        return Duration.between(started, clock.instant());
    }
}
