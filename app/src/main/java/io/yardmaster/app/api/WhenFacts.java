package io.yardmaster.app.api;

import io.yardmaster.core.placement.PoolLoad;
import io.yardmaster.core.values.EndCounts;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.OpenGraph;
import io.yardmaster.core.values.StageLoad;
import io.yardmaster.core.view.JobLoad;
import io.yardmaster.core.view.JobView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * The facts that decide whether a job can start at all.
 *
 * @param placed the pools that place tasks on hosts
 * @param pools those of them of which the job has stages, as far as instances answer
 * @param limits capacities by key
 * @param obstacle of a pool, see {@link LimitAnswer}
 * @param members of the execution managers' group; empty if Kafka cannot be asked
 * @param group its id
 */
record WhenFacts(
        JobLoad job,
        Set<String> placed,
        List<PoolLoad> pools,
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
        Optional<String> started = job.begun() ? started() : Optional.empty();
        if (started.isPresent()) {
            return started;
        }
        if (job.view().state() == JobView.State.PAUSED) {
            return Optional.of("is paused, and starts when somebody resumes it");
        }
        if (waitsForHosts()) {
            return Optional.empty();
        }
        List<StageLoad> first =
                stages().stream().filter(stage -> stage.ready() > 0).toList();
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

    /** Empty if no task of a job that was dispatched has begun to run: all wait for hosts. */
    private Optional<String> started() {
        List<StageLoad> dispatched =
                stages().stream().filter(stage -> stage.running() > 0).toList();
        if (dispatched.isEmpty()
                || hasEnds()
                || !dispatched.stream().allMatch(stage -> placed.contains(stage.pool()))
                || pools.stream().anyMatch(pool -> pool.placedOfJob() > 0)) {
            return Optional.of("has started");
        }
        for (StageLoad stage : dispatched) {
            Optional<PoolLoad> pool = pools.stream()
                    .filter(one -> one.pool().equals(stage.pool()))
                    .findFirst();
            if (pool.isEmpty()) {
                return Optional.of("has started, or waits for a host of pool " + stage.pool()
                        + ", whose instance does not answer");
            }
            if (!pool.get().complete()) {
                return Optional.of("waits for a host of pool " + stage.pool()
                        + ", which has more hosts or tasks than an estimate looks at: "
                        + WhenWords.number(HostAnswers.MOST_HOSTS) + " and "
                        + WhenWords.number(HostAnswers.MOST_TASKS));
            }
        }
        return Optional.empty();
    }

    /** Returns whether a task of the job has ended that may have run. */
    private boolean hasEnds() {
        EndCounts ended = job.view().ended();
        return ended.succeeded() + ended.failed() + ended.killed() > 0
                || stages().stream()
                        .anyMatch(stage -> stage.ready() + stage.running() + stage.blocked() < stage.tasks());
    }

    /** Returns whether tasks of the job were dispatched, and none has started. */
    private boolean waitsForHosts() {
        return stages().stream().anyMatch(stage -> stage.running() > 0);
    }

    private List<StageLoad> stages() {
        return job.graph().map(OpenGraph::stages).orElse(List.of());
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
