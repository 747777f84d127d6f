package io.yardmaster.connectors.results;

import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import java.time.Instant;

/**
 * A row of the table of outcomes: how the last attempt at a task ended in one session.
 *
 * @param details null in a row that was read to be compared
 */
record TaskRow(ResultKey task, long session, int attempt, String result, Details details) {
    private static final String REFUSED = TaskResult.REFUSED.name();

    /** The columns that decide nothing. */
    record Details(long assignment, long group, String reason, Instant startedAt, Instant endedAt, String worker) {}

    static TaskRow of(TaskOutcome outcome) {
        return new TaskRow(
                new ResultKey(outcome.getJobId(), outcome.getKind().name(), outcome.getTaskIndex()),
                outcome.getSessionId(),
                outcome.getAttempt(),
                outcome.getResult().name(),
                new Details(
                        outcome.getAssignmentId(),
                        outcome.getResourceGroupId(),
                        Texts.stored(outcome.getReason()),
                        outcome.getStartedAt(),
                        outcome.getEndedAt(),
                        Texts.stored(outcome.getWorker())));
    }

    /** A refused task has not ended: it is offered again. */
    boolean hasEnded() {
        return !result.equals(REFUSED);
    }

    /** True if this row takes the other's place: a later attempt does, and an end that of a refusal. */
    boolean replaces(TaskRow other) {
        return attempt > other.attempt || (attempt == other.attempt && hasEnded() && !other.hasEnded());
    }
}
