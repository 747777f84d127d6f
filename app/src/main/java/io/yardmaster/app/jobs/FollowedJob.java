package io.yardmaster.app.jobs;

import io.yardmaster.schemas.JobEvent;
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
 * of the scheduler, the outcome of its commit or cleanup task says that it has ended.
 */
public final class FollowedJob {
    /** Events come before the outcomes of what they tell, but are read from another topic. */
    private static final Duration EVENTS_LIMIT = Duration.ofSeconds(3);

    private final SubmittedJob job;
    private final boolean isNew;
    private final List<String> news = new ArrayList<>();

    private TaskProgress tasks;
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
    /** When the outcome of its commit or cleanup task was read; nanoseconds. */
    private Optional<Long> conclusion = Optional.empty();

    /** @param isNew whether what was told of such a job before it begins is about another one of that id */
    FollowedJob(SubmittedJob job, boolean isNew) {
        this.job = job;
        this.isNew = isNew;
        this.tasks = new TaskProgress(job.workflow());
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
            tasks = new TaskProgress(job.workflow());
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
        } else if (result == TaskResult.SUCCEEDED && outcome.getKind() == TaskKind.COMMIT) {
            tasks.allSucceeded();
            conclude(JobState.DONE, now);
        } else if (result != TaskResult.REFUSED && outcome.getKind() == TaskKind.CLEANUP) {
            conclude(JobState.FAILED, now);
        }
    }

    private void count(TaskOutcome outcome) {
        int task = outcome.getTaskIndex();
        switch (outcome.getResult()) {
            case SUCCEEDED -> tasks.succeeded(task);
            case FAILED -> tasks.failed(task, outcome.getAttempt());
            case KILLED, REFUSED -> tasks.begun(task);
        }
    }

    private String failure(TaskOutcome outcome) {
        String reason = outcome.getReason();
        return job.nameOf(outcome.getKind(), outcome.getTaskIndex())
                + (outcome.getResult() == TaskResult.KILLED ? " was killed" : " failed")
                + (reason.isBlank() ? "" : ": " + reason);
    }

    private void conclude(JobState end, long now) {
        if (conclusion.isEmpty() && !state.isFinal()) {
            conclusion = Optional.of(now);
            verdict = verdict.or(() -> Optional.of(end));
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
        }
        if (isOver(conclusion, now)) {
            state = verdict.orElseThrow();
            if (state == JobState.FAILED) {
                String cause = lastFailure.isEmpty() ? "no outcome says why" : lastFailure;
                news.add("job %s fails: %s".formatted(job.id(), cause));
            }
        }
    }

    private static boolean isOver(Optional<Long> since, long now) {
        return since.filter(at -> now - at >= EVENTS_LIMIT.toNanos()).isPresent();
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

    TaskProgress tasks() {
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
