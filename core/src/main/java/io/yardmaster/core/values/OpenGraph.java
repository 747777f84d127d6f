package io.yardmaster.core.values;

import java.util.List;

/**
 * A graph that has not ended, as the load that it is for others. Instances read it from each other as JSON, so its names stay.
 *
 * @param goesOn false if it has failed, was cancelled, or has nothing left but its commit or cleanup task: no task of its stages starts
 * @param begun whether a task of it was ever offered or has ended
 * @param openStages the number of stages that have not ended
 * @param stages those of them that were looked at, in the order of their numbers
 */
public record OpenGraph(String name, boolean goesOn, boolean begun, int openStages, List<StageLoad> stages) {

    public OpenGraph {
        stages = List.copyOf(stages);
    }

    /** Returns whether all stages that have not ended were looked at, if its tasks still start. */
    public boolean seesAll() {
        return !goesOn || stages.size() >= openStages;
    }
}
