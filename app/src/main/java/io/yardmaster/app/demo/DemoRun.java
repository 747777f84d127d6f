package io.yardmaster.app.demo;

import io.yardmaster.app.storage.Cancellation;
import io.yardmaster.app.storage.JobProgress;
import io.yardmaster.app.storage.StorageEvent;
import io.yardmaster.app.storage.StoragePlayer;
import io.yardmaster.app.storage.SubmittedJob;
import io.yardmaster.client.Assignment;
import io.yardmaster.client.ReportListener;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One run of the demo: passes reports of the execution managers on to storage, events of storage on to the scheduler, and
 * counts. Safe for use by any number of threads.
 */
public final class DemoRun implements ReportListener {
    private final StoragePlayer storage;
    private final Fairness fairness;
    private final Consumer<StorageEvent<?>> scheduler;
    private final InstantSource clock;

    private final Map<Long, SubmittedJob> jobs = new HashMap<>();
    private final Map<Long, Integer> waiting = new HashMap<>();
    private final Map<Long, Duration> makespans = new HashMap<>();
    private final Map<TaskResult, Integer> outcomes = new EnumMap<>(TaskResult.class);
    private final Map<Long, String> failures = new HashMap<>();
    private final Deliveries deliveries = new Deliveries();
    private final WaitingTimes waitingTimes = new WaitingTimes();
    private final FairnessMeter meter = new FairnessMeter();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private Instant started;

    /**
     * @param maxAttempts attempts of a task before its job fails, 1 or more
     * @param fairness tells whether fairness is measured among jobs or groups
     * @param scheduler takes the events; called by one thread at a time, an event's cause before the event
     */
    public DemoRun(
            List<SubmittedJob> jobs,
            long session,
            int maxAttempts,
            Fairness fairness,
            Consumer<StorageEvent<?>> scheduler,
            InstantSource clock) {
        this.storage = new StoragePlayer(session, maxAttempts, jobs);
        this.fairness = fairness;
        this.scheduler = scheduler;
        this.clock = clock;
        jobs.forEach(job -> this.jobs.put(job.id(), job));
        this.started = clock.instant();
    }

    /** Starts the clock and submits all jobs; to be called once. */
    public synchronized void start() {
        started = clock.instant();
        send(storage.start());
    }

    /** Completes when every job is done or failed. */
    public CompletionStage<Void> finished() {
        return finished.minimalCompletionStage();
    }

    /** Takes note that an execution manager begins with an assignment. */
    public synchronized void received(Assignment assignment) {
        if (deliveries.add(assignment)) {
            waitingTimes.add(Duration.between(assignment.readyAt(), clock.instant()));
            if (assignment.kind() == TaskKind.TASK && waiting.getOrDefault(assignment.jobId(), 0) > 0) {
                waiting.merge(assignment.jobId(), -1, Integer::sum);
                meter.assigned(party(assignment.jobId()));
            }
        }
    }

    @Override
    public synchronized void completed(Assignment assignment) {
        count(TaskResult.SUCCEEDED);
        react(storage.completed(assignment.jobId(), assignment.kind(), assignment.taskIndex(), assignment.attempt()));
    }

    @Override
    public synchronized void failed(Assignment assignment, Exception lastError, int tries) {
        count(TaskResult.FAILED);
        end(
                assignment,
                "failed: " + lastError.getMessage(),
                storage.failed(assignment.jobId(), assignment.kind(), assignment.taskIndex(), assignment.attempt()));
    }

    @Override
    public synchronized void killed(Assignment assignment, String reason, String by) {
        count(TaskResult.KILLED);
        end(
                assignment,
                reason.isBlank() ? "was killed" : "was killed: " + reason,
                storage.killed(assignment.jobId(), assignment.kind(), assignment.taskIndex(), assignment.attempt()));
    }

    @Override
    public synchronized void refused(Assignment assignment, String reason) {
        count(TaskResult.REFUSED);
    }

    /** Takes note that a command has cancelled a job. */
    public synchronized void cancelled(Cancellation cancellation) {
        long job = cancellation.job();
        if (storage.isUnfinished(job)) {
            List<StorageEvent<?>> events = storage.cancelled(job, deliveries.commitCame(job));
            if (!events.isEmpty()) {
                failures.put(job, "it " + cancellation.sentence());
            }
            react(events);
        }
    }

    private void count(TaskResult result) {
        outcomes.merge(result, 1, Integer::sum);
    }

    private void end(Assignment assignment, String failure, List<StorageEvent<?>> events) {
        if (events.stream().anyMatch(event -> event.topic().equals(Topic.CLEANUP))) {
            String task = jobs.get(assignment.jobId()).nameOf(assignment.kind(), assignment.taskIndex());
            failures.put(assignment.jobId(), task + " " + failure);
        }
        react(events);
    }

    public synchronized Snapshot snapshot() {
        List<JobLine> lines = new ArrayList<>();
        for (JobProgress job : storage.progress()) {
            long id = job.job().id();
            lines.add(new JobLine(
                    job,
                    waiting.getOrDefault(id, 0),
                    Optional.ofNullable(makespans.get(id)),
                    Optional.ofNullable(failures.get(id))));
        }
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
                storage.ignored(),
                waitingTimes.percentiles(),
                meter.index());
    }

    private void react(List<StorageEvent<?>> events) {
        send(events);
        if (storage.allFinished()) {
            finished.complete(null);
        }
    }

    private void send(List<StorageEvent<?>> events) {
        for (StorageEvent<?> event : events) {
            long job = event.jobId();
            if (event.value() instanceof TaskReady ready) {
                int tasks = ready.getTaskIndices().size();
                waiting.merge(job, tasks, Integer::sum);
                meter.ready(party(job), tasks);
            } else {
                makespans.putIfAbsent(job, elapsed());
                meter.withdrawn(party(job), waiting.getOrDefault(job, 0));
                waiting.remove(job);
            }
            scheduler.accept(event);
        }
    }

    private long party(long jobId) {
        return fairness == Fairness.JOB ? jobId : jobs.get(jobId).resourceGroup();
    }

    private Duration elapsed() {
        return Duration.between(started, clock.instant());
    }
}
