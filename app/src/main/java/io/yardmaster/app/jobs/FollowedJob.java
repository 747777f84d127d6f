package io.yardmaster.app.jobs;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One job as its events and outcomes tell of it. Events say how it goes on and ends. If there are none, as with the setting {@code events=none}
 * of the scheduler, the outcome of its commit or cleanup task says that it has ended or, if it has no such task, those of its other tasks.
 */
public final class FollowedJob {
    /** Events come before the outcomes of what they tell, but are read from another topic. */
    private static final Duration EVENTS_LIMIT = Duration.ofSeconds(3);

    private final PlannedJob job;
    private final boolean isNew;
    private final List<String> news = new ArrayList<>();

    private StageTally tasks;
    private JobState state = JobState.UNKNOWN;
    /** The state in which it will end. */
    private Optional<String> refusal = Optional.empty();

    private Optional<JobState> verdict = Optional.empty();

    private Optional<Instant> began = Optional.empty();
    private Optional<Instant> ended = Optional.empty();
    private boolean heardEvents;
    /** When its first outcome was read; nanoseconds. */
    private Optional<Long> firstOutcome = Optional.empty();

    private long session;
    private String lastFailure = "";
    private boolean endIsUnseen;
    private boolean endWasAsked;
    /** When the outcome of its commit or cleanup task was read; nanoseconds. */
    private Optional<Long> conclusion = Optional.empty();
    /** The state in which it will end by its outcomes alone, if no event says another one. */
    private JobState concluded = JobState.UNKNOWN;

    /** @param isNew whether what was told of such a job before it begins is about another one of that id */
    FollowedJob(PlannedJob job, boolean isNew) {
        this.job = job;
        this.isNew = isNew;
        this.tasks = new StageTally(job.plan());
    }

    void event(JobEvent event) {
        switch (event.getWhat()) {
            case JOB_BEGAN -> begin(event);
            case JOB_REFUSED -> {
                if (state == JobState.UNKNOWN) {
                    refused(event.getReason());
                }
            }
            // An answer to a command about a job that may not be there, and news that this version does not know.
            case COMMAND_DROPPED, OTHER -> {}
            default -> {
                if (!isNew || began.isPresent()) {
                    heardEvents = true;
                    follow(event);
                }
            }
        }
    }

    private void begin(JobEvent event) {
        if (state.isFinal()) {
            // The id was used again.
            if (isNew) {
                return;
            }
            tasks = new StageTally(job.plan());
            news.clear();
            verdict = Optional.empty();
            refusal = Optional.empty();
            ended = Optional.empty();
        }
        began = Optional.of(event.getAt());
        session = event.getSessionId();
        heardEvents = true;
        state = JobState.RUNNING;
    }

    private void follow(JobEvent event) {
        if (state.isFinal()) {
            return;
        }
        state = state == JobState.UNKNOWN ? JobState.RUNNING : state;
        switch (event.getWhat()) {
            case JOB_COMMITTING -> {
                tasks.allSucceeded();
                state = JobState.COMMITTING;
            }
            case JOB_CLEANING_UP -> state = JobState.CLEANING_UP;
            case JOB_PAUSED -> news.add("job %s is paused%s".formatted(job.id(), who(event)));
            case JOB_RESUMED -> news.add("job %s goes on%s".formatted(job.id(), who(event)));
            case JOB_SUCCEEDED -> {
                tasks.allSucceeded();
                end(JobState.DONE, event);
            }
            case JOB_FAILED -> {
                if (verdict.isEmpty()) {
                    news.add("job %s fails: %s".formatted(job.id(), event.getReason()));
                }
                verdict = verdict.or(() -> Optional.of(JobState.FAILED));
            }
            case JOB_CANCELLED -> {
                news.add("job %s is cancelled%s".formatted(job.id(), who(event)));
                verdict = Optional.of(JobState.CANCELLED);
            }
            case JOB_ENDED -> end(verdict.orElse(JobState.FAILED), event);
            default -> {}
        }
    }

    private static String who(JobEvent event) {
        return (event.getBy().isEmpty() ? "" : " by " + event.getBy())
                + (event.getReason().isEmpty() ? "" : ": " + event.getReason());
    }

    private void end(JobState last, JobEvent event) {
        state = last;
        ended = Optional.of(event.getAt());
    }

    void outcome(TaskOutcome outcome, long now) {
        if (outcome.getSessionId() < session) {
            return;
        }
        firstOutcome = firstOutcome.or(() -> Optional.of(now));
        TaskResult result = outcome.getResult();
        if (result == TaskResult.FAILED || result == TaskResult.KILLED) {
            lastFailure = failure(outcome);
        }
        if (outcome.getKind() == TaskKind.TASK) {
            count(outcome);
            concludeWithout(now);
        } else if (result == TaskResult.SUCCEEDED && outcome.getKind() == TaskKind.COMMIT) {
            tasks.allSucceeded();
            conclude(JobState.DONE, now);
        } else if (result != TaskResult.REFUSED && outcome.getKind() == TaskKind.CLEANUP) {
            conclude(JobState.FAILED, now);
        }
    }

    private void count(TaskOutcome outcome) {
        int task = outcome.getTaskIndex();
        if (outcome.getResult() != TaskResult.REFUSED) {
            tasks.ran(
                    task,
                    outcome.getStartedAt().toEpochMilli(),
                    outcome.getEndedAt().toEpochMilli());
        }
        switch (outcome.getResult()) {
            case SUCCEEDED -> tasks.succeeded(task);
            case FAILED -> tasks.failed(task, outcome.getAttempt(), outcome.getReason());
            case KILLED, REFUSED -> tasks.begun(task);
        }
    }

    private String failure(TaskOutcome outcome) {
        String reason = outcome.getReason();
        return job.plan().nameOf(outcome.getKind(), outcome.getTaskIndex())
                + (outcome.getResult() == TaskResult.KILLED ? " was killed" : " failed")
                + (reason.isBlank() ? "" : ": " + reason);
    }

    /** Lets a job that has no commit or cleanup task end with its last task, or the first that fails for good. */
    private void concludeWithout(long now) {
        JobPlan.Terms terms = job.plan().terms();
        boolean failed = tasks.ended() > tasks.done();
        boolean over = tasks.ended() == tasks.plan().tasks();
        if (!terms.commit() && over && !failed) {
            conclude(JobState.DONE, now);
        } else if (!terms.cleanup() && failed && (over || terms.onFailure() == OnFailure.STOP)) {
            conclude(JobState.FAILED, now);
        }
    }

    private void conclude(JobState end, long now) {
        if (conclusion.isEmpty() && !state.isFinal()) {
            conclusion = Optional.of(now);
            concluded = end;
        }
    }

    /** The scheduler has refused its graph. */
    void refused(String reason) {
        if (!state.isFinal()) {
            state = JobState.REFUSED;
            refusal = Optional.of(reason);
            news.add("the scheduler refuses job %s: %s".formatted(job.id(), reason));
        }
    }

    /** Lets outcomes count as news of the job if no event has come meanwhile. */
    void tick(long now) {
        if (heardEvents || state.isFinal()) {
            return;
        }
        if (isOver(firstOutcome, now)) {
            state = JobState.RUNNING;
            warnOfUnseenEnd();
        }
        if (isOver(conclusion, now)) {
            state = verdict.orElse(concluded);
            if (state == JobState.FAILED) {
                String cause = lastFailure.isEmpty() ? "no outcome says why" : lastFailure;
                news.add("job %s fails: %s".formatted(job.id(), cause));
            }
        }
    }

    /** Tasks that will not run have no outcome: without events nobody tells that the last of the others was the last. */
    private void warnOfUnseenEnd() {
        JobPlan.Terms terms = job.plan().terms();
        if (!endIsUnseen
                && !terms.cleanup()
                && terms.onFailure() == OnFailure.CONTINUE
                && tasks.ended() > tasks.done()) {
            endIsUnseen = true;
            news.add("job %s has failed tasks: %s; as the scheduler tells no events, its end may not be seen here"
                    .formatted(job.id(), lastFailure));
        }
    }

    private static boolean isOver(Optional<Long> since, long now) {
        return since.filter(at -> now - at >= EVENTS_LIMIT.toNanos()).isPresent();
    }

    /** Returns whether it has ended since the last call. */
    boolean hasJustEnded() {
        boolean just = state.isFinal() && !endWasAsked;
        endWasAsked = state.isFinal();
        return just;
    }

    /** The news of the job since the last call, a sentence each without a full stop. */
    List<String> news() {
        List<String> all = List.copyOf(news);
        news.clear();
        return all;
    }

    /** Returns whether an event or an outcome of the job was read. */
    public boolean isKnown() {
        return heardEvents || firstOutcome.isPresent() || state != JobState.UNKNOWN;
    }

    /** The reason for which the scheduler has refused its graph; empty if it has not. */
    Optional<String> refusal() {
        return refusal;
    }

    /** The counts of its stages, or kinds of tasks. */
    List<StageCounts> counts() {
        return List.copyOf(tasks.counts());
    }

    StageTally tasks() {
        return tasks;
    }

    JobProgress progress() {
        return new JobProgress(
                job,
                state,
                tasks.done(),
                tasks.open(),
                tasks.failedAttempts(),
                began.flatMap(from -> ended.map(to -> Duration.between(from, to))));
    }
}
