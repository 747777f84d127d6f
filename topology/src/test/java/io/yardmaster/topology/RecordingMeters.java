package io.yardmaster.topology;

import io.yardmaster.core.placement.PlanReport;
import io.yardmaster.core.placement.PoolHosts;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.CommandDropReason;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.OutcomeDropReason;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.topology.meters.GraphResult;
import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.meters.PlacementMeters;
import io.yardmaster.topology.meters.ShardMeters;
import io.yardmaster.topology.meters.ShardState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Remembers the calls. */
final class RecordingMeters implements Meters {
    final Map<EventDropReason, Long> dropped = new EnumMap<>(EventDropReason.class);
    final Map<TaskKind, List<Long>> waited = new EnumMap<>(TaskKind.class);
    /** Each with the reason for which it changed nothing, if it did not. */
    final List<String> commands = new ArrayList<>();

    /** The end of each assignment, or the reason why an outcome did not count. */
    final List<String> outcomes = new ArrayList<>();

    final List<GraphResult> graphs = new ArrayList<>();
    long graphTasksKilled;
    final List<String> deadLetters = new ArrayList<>();
    final Set<Integer> open = new HashSet<>();
    int ticks;
    final List<PlanReport> plans = new ArrayList<>();
    List<PoolHosts> pools = List.of();
    ShardState state;

    @Override
    public PlacementMeters openPlacement(int partition) {
        return new PlacementMeters() {
            @Override
            public void planned(PlanReport report) {
                plans.add(report);
            }

            @Override
            public void failed(String pool) {}

            @Override
            public void released(String pool) {}

            @Override
            public void pools(List<PoolHosts> now) {
                pools = now;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public ShardMeters open(int partition) {
        open.add(partition);
        return new ShardMeters() {
            private boolean ticking;

            @Override
            public void tickBegins() {
                ticking = true;
            }

            @Override
            public void assigned(TaskKind kind, long group, long waitedMs) {
                if (!ticking) {
                    throw new AssertionError("assigned outside of a tick");
                }
                waited.computeIfAbsent(kind, k -> new ArrayList<>()).add(waitedMs);
            }

            @Override
            public void dropped(EventDropReason reason, long tasks) {
                dropped.merge(reason, tasks, Long::sum);
            }

            @Override
            public void commanded(Command command, CommandDropReason reason, long waitedMs) {
                commands.add(reason == null ? command.toString() : command + " " + reason);
            }

            @Override
            public void ended(TaskEnd end, long group, String pool, long ranMs) {
                outcomes.add(pool.isEmpty() ? end.toString() : end + " in " + pool);
            }

            @Override
            public void outcomeDropped(OutcomeDropReason reason) {
                outcomes.add(reason.toString());
            }

            @Override
            public void graph(GraphResult result) {
                graphs.add(result);
            }

            @Override
            public void graphTasksKilled(long tasks) {
                graphTasksKilled += tasks;
            }

            @Override
            public void tickEnds() {
                ticking = false;
                ticks++;
            }

            @Override
            public void state(ShardState newState) {
                state = newState;
            }

            @Override
            public void close() {
                open.remove(partition);
            }
        };
    }

    @Override
    public void deadLetter(String topic) {
        deadLetters.add(topic);
    }
}
