package io.yardmaster.app.api;

import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.OpenGraph;
import io.yardmaster.core.values.StageLoad;
import io.yardmaster.core.view.JobLoad;
import io.yardmaster.core.view.JobView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The facts that decide whether a job can start at all.
 *
 * @param limits capacities by key
 * @param obstacle of a pool, see {@link LimitAnswer}
 * @param members of the execution managers' group; empty if Kafka cannot be asked
 * @param group its id
 */
record WhenFacts(
        JobLoad job,
        Map<String, Long> limits,
        Function<String, Optional<String>> obstacle,
        OptionalInt members,
        String group) {

    /** The reason why there is nothing to estimate, behind "job 7 "; empty if there is something. */
    Optional<String> noEstimate() {
        if (job.graph().map(graph -> !graph.goesOn()).orElse(false)
                || job.view().state() == JobView.State.FINALIZING) {
            return Optional.of("starts no task any more: it is ending");
        }
        if (job.begun()) {
            return Optional.of("has started");
        }
        if (job.view().state() == JobView.State.PAUSED) {
            return Optional.of("is paused, and starts when somebody resumes it");
        }
        List<StageLoad> first = job.graph().map(OpenGraph::stages).orElse(List.of()).stream()
                .filter(stage -> stage.ready() > 0)
                .toList();
        if (first.isEmpty()) {
            if (job.view().bufferedTasks() == 0) {
                return Optional.of("has no task that waits");
            }
            return noFleet().map(why -> "cannot start as things are: " + why);
        }
        List<String> reasons =
                first.stream().flatMap(stage -> never(stage).stream()).toList();
        return reasons.size() < first.size()
                ? Optional.empty()
                : Optional.of("cannot start as things are: " + reasons.get(0));
    }

    private Optional<String> never(StageLoad stage) {
        for (Map.Entry<String, Long> need : stage.needs().entrySet()) {
            long capacity = limits.getOrDefault(LimitKeys.named(need.getKey()), 0L);
            if (need.getValue() > capacity) {
                return Optional.of("stage " + stage.name() + " needs " + need.getValue() + " of limit " + need.getKey()
                        + ", of which the policy has " + (capacity == 0 ? "none" : Long.toString(capacity)));
            }
        }
        return stage.pool().isEmpty()
                ? noFleet()
                : obstacle.apply(stage.pool()).map(why -> "pool " + stage.pool() + " is " + why);
    }

    private Optional<String> noFleet() {
        return members.orElse(-1) == 0 ? Optional.of("no execution manager is in group " + group) : Optional.empty();
    }
}
