package io.yardmaster.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.yardmaster.core.placement.PlacementDropReason;
import io.yardmaster.core.placement.PlanReport;
import io.yardmaster.core.placement.PoolHosts;
import io.yardmaster.topology.meters.PlacementMeters;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The series of the pools of one partition, whose tasks are placed on hosts. The policy bounds the number of pools. */
final class PlacementSeries implements PlacementMeters {
    private final MeterRegistry registry;
    private final LongSupplier nanoTime;
    private final Consumer<PlacementSeries> owner;
    private final Map<String, Counter> counters = new HashMap<>();
    private final Map<String, LatestPlan> plans = new ConcurrentHashMap<>();
    /** By pool, the time since when tasks wait; none if none does. */
    private final Map<String, Long> waitingSince = new ConcurrentHashMap<>();

    private volatile List<PoolHosts> pools = List.of();

    private record LatestPlan(long at, long ageMs, long planningMs) {}

    /** The latest plan of a pool, in seconds: the age of its snapshot, its duration, and how late the next one is. */
    record PlanTimes(double age, double duration, double late) {}

    /** @param owner hears of the end */
    PlacementSeries(MeterRegistry registry, LongSupplier nanoTime, Consumer<PlacementSeries> owner) {
        this.registry = registry;
        this.nanoTime = nanoTime;
        this.owner = owner;
    }

    @Override
    public void planned(PlanReport report) {
        String pool = report.pool();
        plans.put(pool, new LatestPlan(nanoTime.getAsLong(), report.ageMs(), report.planningMs()));
        count(pool, "plans", "Plans that were applied", 1);
        count(pool, "placed.tasks", "Tasks that got a host", report.placed());
        count(pool, "preempted.tasks", "Tasks that lost their host to tasks of higher priority", report.preempted());
        count(
                pool,
                "wasted.attempts",
                "Tasks and gangs for which a plan looked for hosts in vain",
                report.counters().wastedAttempts());
        count(
                pool,
                "host.looks",
                "Hosts whose room was compared with the needs of a task, also repeatedly",
                report.counters().hostsLookedAt());
        report.dropped().forEach((reason, tasks) -> dropped(pool, reason, tasks));
    }

    private void dropped(String pool, PlacementDropReason reason, int tasks) {
        String name = reason.name().toLowerCase(Locale.ROOT);
        counters.computeIfAbsent(
                        pool + " dropped " + name, first -> Counter.builder("yardmaster.placement.dropped.decisions")
                                .description("Decisions of plans that did not hold any more when the plan was applied")
                                .tags(Tags.of("pool", pool, "reason", name))
                                .register(registry))
                .increment(tasks);
    }

    @Override
    public void failed(String pool) {
        count(pool, "failed.plans", "Plans that have failed by an error, which the log has", 1);
    }

    @Override
    public void released(String pool) {
        count(pool, "lost.hosts", "Hosts that were silent for so long that their tasks go to others", 1);
    }

    private void count(String pool, String name, String help, long by) {
        counters.computeIfAbsent(pool + " " + name, first -> Counter.builder("yardmaster.placement." + name)
                        .description(help)
                        .tags(Tags.of("pool", pool))
                        .register(registry))
                .increment((double) by);
    }

    @Override
    public void pools(List<PoolHosts> now) {
        long nanos = nanoTime.getAsLong();
        for (PoolHosts pool : now) {
            if (pool.waitingTasks() > 0) {
                waitingSince.putIfAbsent(pool.pool(), nanos);
            } else {
                waitingSince.remove(pool.pool());
            }
        }
        waitingSince.keySet().retainAll(now.stream().map(PoolHosts::pool).toList());
        pools = now;
    }

    /** The pools as of the latest second. */
    List<PoolHosts> pools() {
        return pools;
    }

    PlanTimes times(String pool) {
        LatestPlan plan = plans.getOrDefault(pool, new LatestPlan(nanoTime.getAsLong(), 0, 0));
        Long since = waitingSince.get(pool);
        boolean planned = plans.containsKey(pool);
        long from = since == null ? 0 : planned ? Math.max(since, plan.at()) : since;
        return new PlanTimes(
                plan.ageMs() / 1e3,
                plan.planningMs() / 1e3,
                since == null ? 0 : Math.max(0, nanoTime.getAsLong() - from) / 1e9);
    }

    @Override
    public void close() {
        counters.values().forEach(registry::remove);
        counters.clear();
        pools = List.of();
        owner.accept(this);
    }
}
