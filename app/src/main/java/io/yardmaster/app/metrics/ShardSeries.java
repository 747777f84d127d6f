package io.yardmaster.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.CommandDropReason;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.GroupShare;
import io.yardmaster.core.values.LimitUse;
import io.yardmaster.core.values.OutcomeDropReason;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.topology.meters.GraphResult;
import io.yardmaster.topology.meters.ShardMeters;
import io.yardmaster.topology.meters.ShardState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The series of one shard. Its stream thread counts; other threads see the counts as of the end of the latest tick. */
final class ShardSeries implements ShardMeters {
    private static final String PARTITION = "partition";
    private static final ShardState NOTHING = new ShardState(-1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), List.of());

    private final int partition;
    private final InstanceMeters owner;
    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    private final Map<TaskKind, FixedHistogram.Batch> waiting = new EnumMap<>(TaskKind.class);
    private final Map<TaskKind, Tally> assigned = new EnumMap<>(TaskKind.class);
    private final Map<EventDropReason, Tally> dropped = new EnumMap<>(EventDropReason.class);

    private final OutcomeCounts ended;
    private final Map<OutcomeDropReason, Tally> outcomesDropped = new EnumMap<>(OutcomeDropReason.class);

    private final Map<GraphResult, Tally> graphs = new EnumMap<>(GraphResult.class);
    private final GroupCounts.Batch groups;
    private final Tally graphTasksKilled = new Tally();

    private volatile ShardState state = NOTHING;
    private long tickBegan;

    ShardSeries(int partition, InstanceMeters owner, MeterRegistry registry) {
        this.partition = partition;
        this.owner = owner;
        this.registry = registry;
        this.groups = owner.groups().batch();
        for (TaskKind kind : TaskKind.values()) {
            waiting.put(kind, owner.waiting(kind).batch());
            assigned.put(kind, new Tally());
            String lane = InstanceMeters.laneOf(kind);
            counter("yardmaster.assignments", "Assignments that were made", "lane", lane, assigned.get(kind));
        }
        for (EventDropReason reason : EventDropReason.values()) {
            dropped.put(reason, new Tally());
            String name = reason.name().toLowerCase(Locale.ROOT);
            counter(
                    "yardmaster.dropped.tasks",
                    "Tasks that will not be assigned, or not again",
                    "reason",
                    name,
                    dropped.get(reason));
        }
        ended = new OutcomeCounts(partition, registry);
        for (OutcomeDropReason reason : OutcomeDropReason.values()) {
            outcomesDropped.put(reason, new Tally());
            counter(
                    "yardmaster.dropped.outcomes",
                    "Outcomes that did not count",
                    "reason",
                    reason.name().toLowerCase(Locale.ROOT),
                    outcomesDropped.get(reason));
        }
        for (GraphResult result : GraphResult.values()) {
            graphs.put(result, new Tally());
            counter(
                    "yardmaster.graph.jobs",
                    "Graphs that were accepted or refused, and their jobs that have succeeded or failed",
                    "result",
                    result.name().toLowerCase(Locale.ROOT),
                    graphs.get(result));
        }
        meters.add(FunctionCounter.builder("yardmaster.graph.killed.tasks", graphTasksKilled, Tally::published)
                .description(
                        "Tasks of graphs that will not run, or not again, because of what they wait for or of their job")
                .tag(PARTITION, Integer.toString(partition))
                .register(registry));
        addGauges();
    }

    private void addGauges() {
        jobs("active", it -> it.activeJobs());
        jobs("pending", it -> it.pendingJobs());
        jobs("finalizing", it -> it.finalizingJobs());
        jobs("paused", it -> it.pausedJobs());
        gauge("yardmaster.paused.tasks", "Tasks of paused jobs that wait", it -> it.pausedTasks());
        gauge(
                "yardmaster.refused.tasks",
                "Tasks that an execution manager refused and that wait to be offered again",
                it -> it.refusedTasks());
        gauge("yardmaster.parked.tasks", "Tasks that wait for limits", it -> it.parkedTasks());
        gauge(
                "yardmaster.buffered.tasks",
                "Tasks of active jobs, and finalizing tasks, that wait",
                it -> it.bufferedTasks());
        gauge("yardmaster.cycle.turns", "Assignments in one cycle of the rotation, at present", it -> it.cycleTurns());
        gauge(
                "yardmaster.window.capacity.assignments",
                "Assignments that may be outstanding: dispatched and not yet taken",
                it -> it.windowCapacity());
        gauge(
                "yardmaster.window.used.assignments",
                "Assignments that are outstanding: dispatched and not yet taken",
                it -> it.windowUsed());
        gauge("yardmaster.session", "The newest session of the storage; -1 before the first event", it -> it.session());
    }

    private void jobs(String jobState, ToDoubleFunction<ShardState> value) {
        meters.add(Gauge.builder("yardmaster.jobs", this, it -> value.applyAsDouble(it.state))
                .description(
                        "Jobs that take part in the rotation, wait for a place in it, are finalized or ended, or are paused")
                .tag(PARTITION, Integer.toString(partition))
                .tag("state", jobState)
                .register(registry));
    }

    private void gauge(String name, String help, ToDoubleFunction<ShardState> value) {
        meters.add(Gauge.builder(name, this, it -> value.applyAsDouble(it.state))
                .description(help)
                .tag(PARTITION, Integer.toString(partition))
                .register(registry));
    }

    private void counter(String name, String help, String tag, String value, Tally count) {
        meters.add(FunctionCounter.builder(name, count, Tally::published)
                .description(help)
                .tag(PARTITION, Integer.toString(partition))
                .tag(tag, value)
                .register(registry));
    }

    /** The use of each limit, as of the latest report. */
    List<LimitUse> limits() {
        return state.limits();
    }

    /** The service that groups have had of the limits, likewise. */
    List<GroupShare> shares() {
        return state.shares();
    }

    int partition() {
        return partition;
    }

    void remove() {
        meters.forEach(registry::remove);
        ended.remove();
    }

    @Override
    public void tickBegins() {
        tickBegan = System.nanoTime();
    }

    @Override
    public void assigned(TaskKind kind, long group, long waitedMs) {
        groups.add(group);
        assigned.get(kind).add(1);
        waiting.get(kind).record(waitedMs);
    }

    @Override
    public void dropped(EventDropReason reason, long tasks) {
        dropped.get(reason).add(tasks);
    }

    @Override
    public void commanded(Command command, CommandDropReason reason, long waitedMs) {
        owner.commanded(command, reason, waitedMs);
    }

    @Override
    public void ended(TaskEnd end, long group, String pool, long ranMs) {
        groups.ran(group, ranMs);
        ended.add(end, pool);
    }

    @Override
    public void outcomeDropped(OutcomeDropReason reason) {
        outcomesDropped.get(reason).add(1);
    }

    @Override
    public void graph(GraphResult result) {
        graphs.get(result).add(1);
    }

    @Override
    public void graphTasksKilled(long tasks) {
        graphTasksKilled.add(tasks);
    }

    @Override
    public void tickEnds() {
        owner.ticks().record(System.nanoTime() - tickBegan);
        groups.publish();
        waiting.values().forEach(FixedHistogram.Batch::publish);
        assigned.values().forEach(Tally::publish);
        dropped.values().forEach(Tally::publish);
        ended.publish();
        outcomesDropped.values().forEach(Tally::publish);
        graphs.values().forEach(Tally::publish);
        graphTasksKilled.publish();
    }

    @Override
    public void state(ShardState newState) {
        state = newState;
    }

    @Override
    public void close() {
        owner.close(this);
    }
}
