package io.yardmaster.client;

import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import java.util.Optional;

/** Makes the records by which the scheduler hears how assignments ended. */
final class TaskOutcomes {
    private final String worker;

    /** @param worker the execution manager's name for itself */
    TaskOutcomes(String worker) {
        this.worker = worker;
    }

    /** Empty if the assignment is fenced, or delivered again: then somebody else says how it ended. */
    Optional<OutcomeRecord> of(Execution ended, Ending ending) {
        if (ending instanceof Ending.Completed) {
            return Optional.of(record(ended, TaskResult.SUCCEEDED, ""));
        } else if (ending instanceof Ending.Failed failed) {
            return Optional.of(record(ended, TaskResult.FAILED, Reasons.of(failed.lastError())));
        } else if (ending instanceof Ending.Refused refused) {
            return Optional.of(record(ended, TaskResult.REFUSED, refused.reason()));
        } else if (ending instanceof Ending.Dropped dropped) {
            return dropped.kill().map(Kill::getReason).map(reason -> record(ended, TaskResult.KILLED, reason));
        }
        return Optional.empty();
    }

    private OutcomeRecord record(Execution ended, TaskResult result, String reason) {
        Assignment assignment = ended.assignment();
        TaskOutcome value = new TaskOutcome(
                assignment.id(),
                assignment.resourceGroupId(),
                assignment.jobId(),
                assignment.session(),
                assignment.kind(),
                assignment.taskIndex(),
                assignment.attempt(),
                result,
                Reasons.shortened(reason),
                ended.startedAt(),
                ended.endedAt(),
                worker);
        return new OutcomeRecord(value, assignment.trace());
    }
}
