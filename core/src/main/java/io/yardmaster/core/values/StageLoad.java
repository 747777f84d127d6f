package io.yardmaster.core.values;

import java.util.List;
import java.util.Map;
import java.util.Objects;

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
 * @param hosts the demand of its tasks on hosts; an instance of an older version does not tell it
 * @param timeout how long a task may run, in ms; 0 if there is no limit
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
        List<Integer> after,
        HostDemand hosts,
        long timeout) {

    /** Keeps copies. */
    public StageLoad {
        hosts = Objects.requireNonNullElse(hosts, HostDemand.NONE);
        needs = Map.copyOf(needs);
        after = List.copyOf(after);
    }
}
