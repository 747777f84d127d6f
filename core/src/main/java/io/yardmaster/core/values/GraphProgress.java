package io.yardmaster.core.values;

import java.util.List;

/**
 * The progress of the graph of a job, in the API under these names.
 *
 * @param stages the number of its stages
 * @param openStages the number of those that have not ended
 * @param failure the reason for which the job fails, one sentence without a full stop; empty as long as it does not
 * @param first its first stages
 */
public record GraphProgress(int stages, int openStages, String failure, List<StageProgress> first) {

    public GraphProgress {
        first = List.copyOf(first);
    }
}
