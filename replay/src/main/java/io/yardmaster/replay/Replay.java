package io.yardmaster.replay;

import io.yardmaster.core.values.Event;
import io.yardmaster.replay.ModelFleet.TaskDurations;
import io.yardmaster.replay.engine.DurationHistory;
import io.yardmaster.replay.engine.PolicyRun;
import io.yardmaster.replay.engine.UnplacedPools;
import io.yardmaster.replay.report.Comparison;
import io.yardmaster.replay.report.GroupFigures;
import io.yardmaster.replay.report.RunFigures;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Replays a day under several policies at once, in one pass over its events. */
public final class Replay {
    private final ModelFleet fleet;
    private final List<HostChange> hosts;
    private final List<ReplayPolicy> policies;
    private final Deadlines deadlines;
    private final RunFigures recorded;
    private final List<RunFigures> figures = new ArrayList<>();
    private final List<PolicyRun> runs = new ArrayList<>();
    private final Optional<DurationHistory> history;

    private Replay(ModelFleet fleet, List<HostChange> hosts, Deadlines deadlines, List<ReplayPolicy> policies) {
        this.fleet = fleet;
        this.hosts = hosts;
        this.deadlines = deadlines;
        this.recorded = new RunFigures(deadlines);
        this.policies = List.copyOf(policies);
        this.history = fleet.durations() == TaskDurations.DRAWN
                ? Optional.of(new DurationHistory(fleet.seed()))
                : Optional.empty();
        for (ReplayPolicy policy : policies) {
            RunFigures own = new RunFigures(deadlines);
            figures.add(own);
            runs.add(new PolicyRun(policy, fleet, hosts, own));
        }
    }

    /** Replays a day to its end whose jobs have no deadlines. */
    public static Comparison of(Day day, ModelFleet fleet, List<ReplayPolicy> policies) {
        return of(day, fleet, Deadlines.NONE, policies);
    }

    /**
     * Replays a day to its end. The hosts of the day come and go as they did, unless the fleet has some of its own, or slots for their pool.
     *
     * @throws InvalidDayException if it makes no sense
     */
    public static Comparison of(Day day, ModelFleet fleet, Deadlines deadlines, List<ReplayPolicy> policies) {
        List<HostChange> hosts = (fleet.hosts().isEmpty() ? day.hosts() : ofPools(fleet.hosts()))
                .stream()
                        .filter(change -> !fleet.pools().containsKey(change.pool()))
                        .toList();
        Replay replay = new Replay(fleet, hosts, deadlines, policies);
        for (Optional<TimedEvent> next = day.next(); next.isPresent(); next = day.next()) {
            replay.take(next.get());
        }
        return replay.end(day.notes());
    }

    private static List<HostChange> ofPools(List<ModelHost> hosts) {
        return hosts.stream()
                .filter(host -> !host.pool().isEmpty())
                .map(host -> new HostChange(HostChange.BEFORE, host.pool(), host, false))
                .toList();
    }

    private void take(TimedEvent event) {
        see(event);
        TimedEvent played = history.isPresent() ? history.get().draw(event) : event;
        runs.forEach(run -> run.arrive(played));
    }

    /** Counts the day as it was. */
    private void see(TimedEvent event) {
        long group;
        long tasks;
        int priority = 0;
        if (event.event() instanceof Event.GraphSubmitted graph) {
            group = graph.group();
            tasks = graph.tasks();
            priority = graph.priority();
        } else if (event.event() instanceof Event.OfJob ofJob) {
            group = ofJob.group();
            tasks = ofJob instanceof Event.TasksReady ready ? ready.indices().length : 1;
        } else {
            return;
        }
        recorded.begin(event.at());
        GroupFigures its = recorded.group(group);
        int level = priority;
        RecordedEnd end = new RecordedEnd();
        event.work().seen((many, readyAt, startedAt, runtime) -> {
            end.ran(many, startedAt + runtime);
            if (readyAt == RecordedWork.UNKNOWN) {
                recorded.ran(its, many, startedAt, runtime);
            } else {
                recorded.started(its, level, tasks, many, Math.max(0, startedAt - readyAt), startedAt, runtime);
            }
        });
        if (event.event() instanceof Event.GraphSubmitted graph && end.isOf(graph)) {
            recorded.jobEnded(its, end.at, Math.max(0, end.at - event.at()));
        }
    }

    /** The end of a job on the day as it was. */
    private static final class RecordedEnd {
        private long tasks;
        private long at;

        private void ran(int many, long endedAt) {
            tasks += many;
            at = Math.max(at, endedAt);
        }

        /** Returns whether each task of the graph ran once, so that this is its end; nobody knows it if some ran again, or not at all. */
        private boolean isOf(Event.GraphSubmitted graph) {
            return graph.parts() == 1 && tasks == graph.tasks();
        }
    }

    private String recordedHosts() {
        Map<String, Set<String>> byPool = new TreeMap<>();
        hosts.forEach(change -> byPool.computeIfAbsent(change.pool(), pool -> new HashSet<>())
                .add(change.host().name()));
        String pools = byPool.entrySet().stream()
                .map(pool -> CountText.of(pool.getValue().size(), "host") + " of pool " + pool.getKey())
                .collect(Collectors.joining(", "));
        return "tasks are placed on the hosts that the day had: " + pools;
    }

    private Comparison end(List<String> notes) {
        runs.forEach(PolicyRun::finish);
        if (figures.get(0).jobs() == 0) {
            throw new InvalidDayException("the day has no jobs");
        }
        List<String> all = new ArrayList<>(notes);
        if (!hosts.isEmpty() && fleet.hosts().isEmpty()) {
            all.add(recordedHosts());
        }
        all.addAll(UnplacedPools.notes(policies, fleet, hosts));
        new TreeSet<>(deadlines.byGroup().keySet())
                .stream()
                        .filter(group -> figures.get(0).find(group) == null)
                        .forEach(group -> all.add("deadlines: the day had no resource group " + group));
        return Comparison.of(fleet, policies, recorded, figures, all);
    }
}
