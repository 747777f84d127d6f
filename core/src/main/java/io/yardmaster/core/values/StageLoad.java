package io.yardmaster.core.values;

import java.util.List;
import java.util.Map;

/**
 * A stage of a graph that has not ended, as the load that it is for others. Instances read it from each other as JSON, so its names
 * stay.
 *
 * @param number its place among the stages of the graph, from 0
 * @param firstTask the index of its first task
 * @param ready tasks that wait for their turn, for a limit, or for the end of a back-off
 * @param running tasks that were offered and have not ended
 * @param blocked tasks that wait for tasks of other stages
 * @param needs the units that each task holds of named limits
 * @param pool the pool whose execution managers run its tasks; empty for the default one
 * @param after the numbers of the stages that it waits for and that have not ended
 */
public record StageLoad(
        int number,
        String name,
        int firstTask,
        int tasks,
        int ready,
        int running,
        int blocked,
        int priority,
        Map<String, Long> needs,
        String pool,
        List<Integer> after) {

    public StageLoad {
        needs = Map.copyOf(needs);
        after = List.copyOf(after);
    }
}
