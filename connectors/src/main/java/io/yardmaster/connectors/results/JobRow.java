package io.yardmaster.connectors.results;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskResult;
import java.time.Instant;
import java.util.Set;

/**
 * A row of the table of jobs. The phase, which the scheduler told of last, and the results of the finalizing tasks hold for the newest
 * session only; counts and times are about all sessions.
 */
final class JobRow {
    static final long NONE = -1;
    private static final String PAUSED = "PAUSED";

    final long job;
    long group = NONE;
    long session = NONE;
    String phase = Phase.RUNNING.name();
    boolean paused;
    int priority;
    String reason = "";
    String askedBy = "";
    String commitResult;
    String cleanupResult;
    long dispatched;
    long succeeded;
    long failed;
    long killed;
    Instant beganAt;
    Instant firstDispatchedAt;
    Instant firstStartedAt;
    Instant lastEndedAt;
    Instant changedAt;
    long eventOffset = NONE;
    Instant eventAt;

    private boolean changed;

    /** The last step that the scheduler told of. */
    enum Phase {
        RUNNING,
        COMMITTING,
        CLEANING_UP,
        CANCELLED,
        /** A job with a graph has come to its end well. */
        SUCCEEDED,
        /** A job with a graph has failed: only its cleanup task may follow. */
        FAILED,
        /** The graph of a job makes no sense. */
        REFUSED,
        ENDED
    }

    /** The phases that stay in a session, whatever follows. */
    private static final Set<String> RESULTS =
            Set.of(Phase.CANCELLED.name(), Phase.SUCCEEDED.name(), Phase.FAILED.name());

    JobRow(long job) {
        this.job = job;
    }

    boolean hasChanged() {
        return changed;
    }

    /**
     * Applies an event, unless it was applied before. All events of a job come in the order of their offsets; one with a lower offset is
     * a repeat, unless its time says that the topic was made anew or that the job has moved to another partition.
     */
    void apply(JobEvent event, long offset) {
        if (offset <= eventOffset && (eventAt == null || !event.getAt().isAfter(eventAt))) {
            return;
        }
        changed = true;
        eventOffset = offset;
        eventAt = later(eventAt, event.getAt());
        JobEventKind what = event.getWhat();
        if (what == JobEventKind.JOB_BEGAN) {
            beganAt = earlier(beganAt, event.getAt());
        }
        if (what == JobEventKind.TASKS_DISPATCHED && event.getFirstTask() >= 0) {
            dispatched += event.getTasks();
            firstDispatchedAt = earlier(firstDispatchedAt, event.getAt());
        }
        see(event.getResourceGroupId(), event.getSessionId());
        if (event.getSessionId() == session) {
            step(event);
        }
    }

    private void step(JobEvent event) {
        switch (event.getWhat()) {
            case JOB_BEGAN -> enter(Phase.RUNNING, event);
            case JOB_COMMITTING -> enter(Phase.COMMITTING, event);
            case JOB_CLEANING_UP -> enter(Phase.CLEANING_UP, event);
            case JOB_ENDED -> enter(Phase.ENDED, event);
            case JOB_CANCELLED -> enterAndSay(Phase.CANCELLED, event);
            case JOB_SUCCEEDED -> enter(Phase.SUCCEEDED, event);
            case JOB_FAILED -> enterAndSay(Phase.FAILED, event);
            case JOB_REFUSED -> enterAndSay(Phase.REFUSED, event);
            case JOB_PAUSED -> {
                paused = true;
                changedAt = event.getAt();
                say(event);
            }
            case JOB_RESUMED -> {
                paused = false;
                changedAt = event.getAt();
                say(event);
            }
            case JOB_PRIORITIZED -> priority = event.getPriority();
            default -> {
                // Others change no column of the job.
            }
        }
    }

    private void enterAndSay(Phase next, JobEvent event) {
        enter(next, event);
        if (phase.equals(next.name())) {
            say(event);
        }
    }

    private void enter(Phase next, JobEvent event) {
        if (!RESULTS.contains(phase)) {
            phase = next.name();
            changedAt = event.getAt();
        }
        if (RESULTS.contains(next.name()) || next == Phase.ENDED) {
            paused = false;
        }
    }

    private void say(JobEvent event) {
        reason = Texts.stored(event.getReason());
        askedBy = Texts.stored(event.getBy());
    }

    /**
     * Takes account of an outcome.
     *
     * @param before the row that said how the task ended; null if there was none
     * @param after the row that now does
     * @param session the row of the outcome's own session
     */
    void count(TaskRow outcome, TaskRow before, TaskRow after, TaskRow session) {
        see(outcome.details().group(), outcome.session());
        if (outcome.hasEnded()) {
            boolean ran =
                    outcome.details().startedAt().isBefore(outcome.details().endedAt())
                            || !outcome.result().equals(TaskResult.KILLED.name());
            if (ran) {
                started(outcome.details().startedAt());
            }
            ended(outcome.details().endedAt());
        }
        if (outcome.task().kind().equals(TaskKind.TASK.name())) {
            if (before != null) {
                add(before.result(), -1);
            }
            add(after.result(), 1);
        } else if (session.session() == this.session) {
            finalized(session);
        }
    }

    private void finalized(TaskRow row) {
        String result = row.hasEnded() ? row.result() : null;
        if (row.task().kind().equals(TaskKind.COMMIT.name())) {
            changed |= result != null && !result.equals(commitResult);
            commitResult = result;
        } else {
            changed |= result != null && !result.equals(cleanupResult);
            cleanupResult = result;
        }
    }

    private void add(String result, long difference) {
        switch (TaskResult.valueOf(result)) {
            case SUCCEEDED -> succeeded += difference;
            case FAILED -> failed += difference;
            case KILLED -> killed += difference;
            case REFUSED -> {
                // Not an end.
                return;
            }
        }
        changed = true;
    }

    private void see(long seenGroup, long seenSession) {
        if (seenGroup != NONE && seenGroup != group && seenSession >= session) {
            group = seenGroup;
            changed = true;
        }
        if (seenSession > session) {
            session = seenSession;
            phase = Phase.RUNNING.name();
            paused = false;
            priority = 0;
            reason = "";
            askedBy = "";
            commitResult = null;
            cleanupResult = null;
            changed = true;
        }
    }

    private void started(Instant at) {
        changed |= firstStartedAt == null || at.isBefore(firstStartedAt);
        firstStartedAt = earlier(firstStartedAt, at);
    }

    private void ended(Instant at) {
        changed |= lastEndedAt == null || at.isAfter(lastEndedAt);
        lastEndedAt = later(lastEndedAt, at);
    }

    /** The state for people, from phase, pause and the results of the finalizing tasks. */
    String state() {
        if (RESULTS.contains(phase) || phase.equals(Phase.REFUSED.name())) {
            return phase;
        }
        if (cleanupResult != null) {
            return cleanupResult.equals(TaskResult.SUCCEEDED.name()) ? "CLEANED_UP" : "CLEANUP_FAILED";
        }
        if (phase.equals(Phase.CLEANING_UP.name())) {
            return paused ? PAUSED : phase;
        }
        if (commitResult != null) {
            return commitResult.equals(TaskResult.SUCCEEDED.name()) ? "COMMITTED" : "COMMIT_FAILED";
        }
        return paused ? PAUSED : phase;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }
}
