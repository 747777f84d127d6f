package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.CommandEvidence.Asked;
import io.yardmaster.torture.checker.CommandEvidence.Told;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.Map;

/**
 * The state of one job as far as its events have told it, which decides what they may tell next: in one session, or in all of them if the
 * job came as a graph.
 */
final class JobStory {
    private final Map<String, Asked> asked;
    private final Verdict verdict;
    private final boolean isGraph;
    private long session = -1;
    private boolean begun;
    /** The job of a graph has failed or succeeded. */
    private boolean hasResult;

    private boolean committing;
    private boolean cleaningUp;
    private boolean ended;
    private boolean cancelled;
    private boolean paused;
    private boolean cleanedUp;
    private int priority;
    private boolean cleanupRefused;

    /** @param asked the commands by position */
    JobStory(Map<String, Asked> asked, Verdict verdict) {
        this(asked, verdict, false, 0);
    }

    /**
     * The story of a graph.
     *
     * @param asked the commands by position
     * @param priority that the graph has at first
     */
    JobStory(Map<String, Asked> asked, Verdict verdict, int priority) {
        this(asked, verdict, true, priority);
    }

    private JobStory(Map<String, Asked> asked, Verdict verdict, boolean isGraph, int priority) {
        this.asked = asked;
        this.verdict = verdict;
        this.isGraph = isGraph;
        this.priority = priority;
    }

    void next(Told told) {
        if (told.session() > session) {
            session = told.session();
            beginSession();
        }
        boolean fits =
                switch (told.what()) {
                    case JOB_BEGAN -> !begun;
                    case JOB_COMMITTING -> begun && !gateIsClosed();
                    case JOB_CLEANING_UP -> begun && !cleaningUp && !ended;
                    case JOB_ENDED -> begun && !ended && (isGraph || !cleaningUp);
                    case JOB_FAILED, JOB_SUCCEEDED -> isGraph && begun && !ended && !cancelled && !hasResult;
                    case JOB_REFUSED -> isGraph && !begun;
                    case JOB_CANCELLED -> begun && mayGoOn() && !cancelled;
                    case JOB_PAUSED -> begun && mayGoOn() && !paused;
                    case JOB_RESUMED -> begun && mayGoOn() && paused;
                    case JOB_PRIORITIZED -> begun && mayGoOn() && told.priority() != priority;
                    case COMMAND_DROPPED -> isRightlyDropped(told);
                    case TASKS_DISPATCHED -> mayBeDispatched(told);
                    case TASKS_SUCCEEDED, TASKS_FAILED, TASKS_KILLED, TASKS_REFUSED -> begun;
                    default -> false;
                };
        if (!fits) {
            verdict.add(Wrong.CONTRADICTION, "%s after %s".formatted(told, this));
        }
        follow(told);
    }

    /** A graph goes on in a new session: its last task is offered again, and a job that has ended is forgotten. */
    private void beginSession() {
        begun &= !ended;
        committing = false;
        cleaningUp = false;
        cleanedUp = false;
        cleanupRefused = false;
    }

    private void follow(Told told) {
        switch (told.what()) {
            case JOB_FAILED, JOB_SUCCEEDED -> hasResult = true;
            case JOB_BEGAN -> begun = true;
            case JOB_COMMITTING -> committing = true;
            case JOB_CLEANING_UP -> cleaningUp = true;
            case JOB_ENDED -> ended = true;
            case JOB_CANCELLED -> {
                cancelled = true;
                paused = false;
                goesOn();
            }
            case JOB_PAUSED -> {
                paused = true;
                goesOn();
            }
            case JOB_RESUMED -> {
                paused = false;
                goesOn();
            }
            case JOB_PRIORITIZED -> {
                priority = told.priority();
                goesOn();
            }
            case TASKS_DISPATCHED -> {
                if (Stories.kind(told) == Kind.CLEANUP) {
                    cleanedUp = true;
                    cleanupRefused = false;
                }
            }
            case TASKS_REFUSED -> cleanupRefused |= cleanedUp && Stories.kind(told) == Kind.CLEANUP;
            default -> {}
        }
    }

    private boolean gateIsClosed() {
        return committing || cleaningUp || ended || cancelled;
    }

    /** Nothing of the job waits, and nothing can come. */
    private boolean isOver() {
        return ended || cleanedUp;
    }

    /** A refused cleanup task waits for its back-off, when the job is over, and then to be offered again, when it is not. */
    private boolean mayGoOn() {
        return !isOver() || (!ended && cleanupRefused);
    }

    /** A command was carried out, so something of the job waits. */
    private void goesOn() {
        cleanedUp &= !cleanupRefused;
        cleanupRefused = false;
    }

    private boolean mayBeDispatched(Told told) {
        Kind kind = Stories.kind(told);
        if (paused || (cancelled && kind != Kind.CLEANUP)) {
            verdict.add(Wrong.DISOBEYED, "%s after %s".formatted(told, this));
            return true;
        }
        return switch (kind) {
            case TASK -> begun && !gateIsClosed();
            case COMMIT -> committing && !cleaningUp && !ended;
            case CLEANUP -> cleaningUp && (!cleanedUp || cleanupRefused);
        };
    }

    /** {@link AnswerRule} finds an answer without a command. */
    private boolean isRightlyDropped(Told told) {
        Asked command = asked.get(told.source());
        return command == null
                || switch (told.dropReason()) {
                    case "unknown_job" -> !begun;
                    case "old_session" ->
                        command.session() != CommandEvidence.CURRENT_SESSION && command.session() < told.session();
                    case "ended" -> isOver();
                    case "no_change" -> begun && mayGoOn() && isDone(command);
                    default -> false;
                };
    }

    private boolean isDone(Asked command) {
        return switch (command.type()) {
            case CANCEL -> cancelled;
            case PAUSE -> paused;
            case RESUME -> !paused;
            case SET_PRIORITY -> priority == command.priority();
        };
    }

    @Override
    public String toString() {
        return "begun %s, committing %s, cleaning up %s, cleaned up %s, cleanup refused %s, ended %s, cancelled %s, paused %s, priority %d"
                .formatted(
                        begun, committing, cleaningUp, cleanedUp, cleanupRefused, ended, cancelled, paused, priority);
    }
}
