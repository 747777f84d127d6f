package io.yardmaster.replay.forecast;

import io.yardmaster.core.placement.PlacementStrategy;
import io.yardmaster.core.placement.PoolLoad;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.RunningTask;
import io.yardmaster.core.values.StageLoad;
import io.yardmaster.core.view.JobLoad;
import io.yardmaster.core.view.JobView;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of a deployment from which an estimate begins.
 *
 * @param now epoch ms
 * @param slots tasks of the default pool that run at the same time at most, 1 or more
 * @param jobs of all shards in any order; they are put into the order in which they would have their turns if the shards were one: those
 *     in front in their shards first. Of a job that is there twice the one in front counts
 * @param running tasks whose begin is known, in any order
 * @param pools whose tasks are placed on hosts; tasks of others run as soon as limits let them, and so do those of pools that are not
 *     complete
 * @param strategies by pool that places tasks on hosts and has chosen one
 */
public record PresentState(
        long now,
        Policy policy,
        LivePolicy live,
        int slots,
        List<JobLoad> jobs,
        List<RunningTask> running,
        TaskTimes times,
        List<PoolLoad> pools,
        Map<String, PlacementStrategy> strategies) {

    /** Keeps copies. */
    public PresentState {
        jobs = inOrder(jobs);
        running = List.copyOf(running);
        pools = pools.stream().filter(PoolLoad::complete).toList();
        strategies = Map.copyOf(strategies);
    }

    private static List<JobLoad> inOrder(List<JobLoad> jobs) {
        Map<Long, JobLoad> ordered = new LinkedHashMap<>();
        jobs.stream()
                .sorted(Comparator.comparingInt((JobLoad job) -> rank(job.view().state()))
                        .thenComparingLong(job -> job.view().position().orElse(0))
                        .thenComparingLong(job -> job.view().readySinceMs().orElse(0)))
                .forEach(job -> ordered.putIfAbsent(job.view().job(), job));
        return List.copyOf(ordered.values());
    }

    /** Tasks that run, of all pools. */
    public long runningTasks() {
        long ofGraphs = jobs.stream()
                .flatMap(job -> job.graph().stream())
                .flatMap(graph -> graph.stages().stream())
                .mapToLong(StageLoad::running)
                .sum();
        return ofGraphs + running.size();
    }

    private static int rank(JobView.State state) {
        return switch (state) {
            case ACTIVE -> 0;
            case PARKED -> 1;
            case PENDING -> 2;
            case IDLE, PAUSED, FINALIZING, RESTORING -> 3;
        };
    }
}
