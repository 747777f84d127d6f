package io.yardmaster.core.values;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stage of a graph with all that says what it waits for, in the API under these names.
 *
 * @param number its place among the stages of the graph, from 0
 * @param firstTask the index of its first task
 * @param waitsFor the number of stages that it waits for as a whole and that have not ended
 * @param failed tasks that have failed for good or were killed, also without having run
 * @param killed whether it was killed as a whole: none of its tasks ever ran
 * @param pool the pool whose execution managers run its tasks; empty for the default one
 * @param ready tasks that wait for their turn or for a limit
 * @param parked those of them that wait for a limit
 * @param limit the first limit for which these wait; empty if none does
 * @param running tasks that were offered and have not ended
 * @param backingOff tasks that have failed and wait for the end of their back-off
 * @param backoffUntilMs about when the first of these back-offs ends, in epoch ms, as far as that is known
 * @param exact false if its tasks differ so much that only some were looked at: {@code ready}, {@code parked}, {@code running} and
 *     {@code backingOff} are about those
 * @param dependencies the number of stages that it names as its dependencies
 * @param after the first of these
 * @param cause the first dependency that it waits for, or because of which it was killed
 */
public record StageDetail(
        int number,
        String name,
        int firstTask,
        int tasks,
        StageProgress.State state,
        int waitsFor,
        int succeeded,
        int failed,
        boolean killed,
        String pool,
        int ready,
        int parked,
        Optional<LimitWait> limit,
        int running,
        int backingOff,
        OptionalLong backoffUntilMs,
        boolean exact,
        int dependencies,
        List<StageEdge> after,
        Optional<StageCause> cause) {

    public StageDetail {
        after = List.copyOf(after);
    }
}
