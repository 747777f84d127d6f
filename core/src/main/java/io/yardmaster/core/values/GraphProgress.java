package io.yardmaster.core.values;

import java.util.List;
import java.util.Objects;

/**
 * The progress of the graph of a job, in the API under these names.
 *
 * @param name by which people know the job; empty if it has none
 * @param stages the number of its stages
 * @param openStages the number of those that have not ended
 * @param failure the reason for which the job fails, one sentence without a full stop; empty as long as it does not
 * @param first its first stages
 */
public record GraphProgress(String name, int stages, int openStages, String failure, List<StageProgress> first) {

    public GraphProgress {
        // An instance of an older version tells none.
        name = Objects.requireNonNullElse(name, "");
        first = List.copyOf(first);
    }
}
