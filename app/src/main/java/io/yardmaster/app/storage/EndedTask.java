package io.yardmaster.app.storage;

import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import java.util.Optional;

/**
 * The end of a task.
 *
 * @param failure empty if it is done, else a predicate for people, such as {@code failed: disk full}
 */
public record EndedTask(TaskKey task, Optional<String> failure) {
    static EndedTask done(TaskKey task) {
        return new EndedTask(task, Optional.empty());
    }

    /** Empty if the task was refused, and has not ended. */
    static Optional<EndedTask> of(TaskOutcome outcome) {
        TaskKey task = TaskKey.of(outcome);
        return switch (outcome.getResult()) {
            case SUCCEEDED -> Optional.of(done(task));
            case FAILED, KILLED -> Optional.of(new EndedTask(task, Optional.of(failure(outcome))));
            case REFUSED -> Optional.empty();
        };
    }

    private static String failure(TaskOutcome outcome) {
        String end = outcome.getResult() == TaskResult.KILLED ? "was killed" : "failed";
        String reason = outcome.getReason();
        return reason.isBlank() ? end : end + ": " + reason;
    }
}
