package io.yardmaster.core.values;

import java.util.List;
import java.util.OptionalInt;

/**
 * A page of the stages of a graph, in the API under these names.
 *
 * @param paused whether a command paused its job
 * @param stages the number of all its stages
 * @param openStages the number of those that have not ended
 * @param failure the reason for which the job fails or has failed, one sentence without a full stop; empty if it does not
 * @param failedTasks the number of tasks of which a {@link TaskFailure} is kept
 * @param page in the order of their numbers
 * @param next the number of the stage behind the page; empty if it is the last one
 */
public record StagePage(
        GraphPhase state,
        boolean paused,
        int stages,
        int openStages,
        String failure,
        int failedTasks,
        List<StageDetail> page,
        OptionalInt next) {

    public StagePage {
        page = List.copyOf(page);
    }
}
