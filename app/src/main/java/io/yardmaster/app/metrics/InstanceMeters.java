package io.yardmaster.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.CommandDropReason;
import io.yardmaster.core.values.GroupShare;
import io.yardmaster.core.values.LimitUse;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.meters.PlacementMeters;
import io.yardmaster.topology.meters.ShardMeters;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The series of one instance. Those of a shard exist as long as this instance schedules it: they go when the shard moves to
 * another instance, and begin from 0 when it comes back, which Prometheus takes for a restart.
 */
final class InstanceMeters implements Meters {
    private static final double MS_PER_SECOND = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrometheusMeterRegistry registry;
    private final Map<Integer, ShardSeries> shards = new HashMap<>();
    private final Set<PlacementSeries> placements = ConcurrentHashMap.newKeySet();
    private final Map<TaskKind, FixedHistogram.Series> waiting = new EnumMap<>(TaskKind.class);
    private final GroupCounts groups;
    private final FixedHistogram.Series ticks;
    private final FixedHistogram.Series commandLatency;

    InstanceMeters(PrometheusMeterRegistry registry) {
        this.registry = registry;
        this.groups = new GroupCounts(registry);
        FixedHistogram waitingTimes = new FixedHistogram(
                "yardmaster_waiting_time_seconds",
                "Time from when a task became ready to its assignment; exact to a quarter in long queues",
                MS_PER_SECOND,
                5,
                10,
                25,
                50,
                100,
                250,
                500,
                1_000,
                2_500,
                5_000,
                10_000,
                30_000,
                60_000,
                300_000,
                1_800_000,
                7_200_000);
        for (TaskKind kind : TaskKind.values()) {
            waiting.put(kind, waitingTimes.series("lane", laneOf(kind)));
        }
        FixedHistogram tickDurations = new FixedHistogram(
                "yardmaster_tick_duration_seconds",
                "Duration of a tick, in all shards of this instance",
                NANOS_PER_SECOND,
                100_000,
                250_000,
                500_000,
                1_000_000,
                2_500_000,
                5_000_000,
                10_000_000,
                25_000_000,
                50_000_000,
                100_000_000,
                250_000_000,
                1_000_000_000);
        ticks = tickDurations.series();
        FixedHistogram commandLatencies = new FixedHistogram(
                "yardmaster_command_latency_seconds",
                "Time from when a command was written to when the scheduler read it",
                MS_PER_SECOND,
                5,
                10,
                25,
                50,
                100,
                250,
                500,
                1_000,
                2_500,
                10_000,
                60_000);
        commandLatency = commandLatencies.series();
        for (Command command : Command.values()) {
            commandsOf(command, null);
        }
        registry.getPrometheusRegistry().register(commandLatencies);
        registry.getPrometheusRegistry().register(waitingTimes);
        registry.getPrometheusRegistry().register(tickDurations);
    }

    /** The lane that carries the events of such tasks. */
    static String laneOf(TaskKind kind) {
        return kind == TaskKind.TASK ? "ready" : kind.name().toLowerCase(Locale.ROOT);
    }

    FixedHistogram.Series waiting(TaskKind kind) {
        return waiting.get(kind);
    }

    GroupCounts groups() {
        return groups;
    }

    /** The use of each limit in each shard. */
    synchronized List<LimitUse> limits() {
        return shards.values().stream()
                .flatMap(series -> series.limits().stream())
                .toList();
    }

    /** The service that groups have had of the limits in each shard. */
    synchronized List<GroupShare> shares() {
        return shards.values().stream()
                .flatMap(series -> series.shares().stream())
                .toList();
    }

    FixedHistogram.Series ticks() {
        return ticks;
    }

    @Override
    public synchronized ShardMeters open(int partition) {
        ShardSeries before = shards.remove(partition);
        if (before != null) {
            before.remove();
        }
        ShardSeries series = new ShardSeries(partition, this, registry);
        shards.put(partition, series);
        return series;
    }

    synchronized void close(ShardSeries series) {
        if (shards.remove(series.partition(), series)) {
            series.remove();
        }
    }

    @Override
    public PlacementMeters openPlacement(int partition) {
        PlacementSeries series = new PlacementSeries(registry, System::nanoTime, placements::remove);
        placements.add(series);
        return series;
    }

    /** The pools that this instance places on hosts. */
    Collection<PlacementSeries> placements() {
        return placements;
    }

    void commanded(Command command, CommandDropReason dropped, long waitedMs) {
        commandsOf(command, dropped).increment();
        commandLatency.record(waitedMs);
    }

    private Counter commandsOf(Command command, CommandDropReason dropped) {
        return Counter.builder("yardmaster.commands")
                .description(
                        "Commands that were read; the result is obeyed, or the reason for which they changed nothing")
                .tag("command", command.name().toLowerCase(Locale.ROOT))
                .tag("result", dropped == null ? "obeyed" : dropped.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    @Override
    public void deadLetter(String topic) {
        deadLettersOf(topic).increment();
    }

    Counter deadLettersOf(String topic) {
        return Counter.builder("yardmaster.dead.letters")
                .description("Events that could not be read or made no sense, by the topic they came from")
                .tag("topic", topic)
                .register(registry);
    }
}
