package io.yardmaster.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.yardmaster.app.metrics.PlacementSeries.PlanTimes;
import io.yardmaster.core.placement.PoolHosts;
import io.yardmaster.core.placement.ResourceUse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pools that this instance places on hosts, as of the latest second, read at each scrape. */
final class PlacementGauges {
    /** Resources of a pool with series of their own: the first by name. */
    private static final int MOST_RESOURCES = 16;

    private final MeterRegistry registry;
    private final Map<String, MultiGauge> gauges = new HashMap<>();
    private final Map<String, List<MultiGauge.Row<?>>> rows = new HashMap<>();

    PlacementGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Reads the series that are shown until the next call. */
    void read(Collection<PlacementSeries> all) {
        rows.values().forEach(List::clear);
        all.forEach(series -> series.pools().forEach(pool -> add(pool, series.times(pool.pool()))));
        rows.forEach((name, now) -> gauges.get(name).register(List.copyOf(now), true));
    }

    private void add(PoolHosts pool, PlanTimes times) {
        Tags of = Tags.of("pool", pool.pool());
        String hosts = "Hosts of a pool that send heartbeats, and those whose heartbeats stay away";
        add("hosts", hosts, of.and("state", "alive"), pool.hosts() - pool.silentHosts());
        add("hosts", hosts, of.and("state", "silent"), pool.silentHosts());
        add(
                "overbooked.hosts",
                "Hosts that have less of a resource than their tasks were given",
                of,
                pool.overbookedHosts());
        add("running.tasks", "Tasks that have a host", of, pool.placedTasks());
        add("waiting.tasks", "Tasks that wait for a host", of, pool.waitingTasks());
        add(
                "blocked.seconds",
                "Time for which the task or gang has waited that has had hosts reserved for longest; 0 if there is none",
                of,
                pool.blockedMs() / 1e3);
        add("plan.age.seconds", "Age of the snapshot of the latest plan when it was applied", of, times.age());
        add("plan.duration.seconds", "Time that the latest plan took", of, times.duration());
        add("plan.late.seconds", "Time since the latest plan while tasks wait; 0 if none does", of, times.late());
        for (ResourceUse use : pool.resources().stream().limit(MOST_RESOURCES).toList()) {
            Tags resource = of.and("resource", use.name());
            add("resource.total.units", "The amount of a resource that the hosts have together", resource, (double)
                    use.total());
            add("resource.booked.units", "The amount of a resource that tasks have", resource, (double) use.booked());
            add(
                    "resource.largest.free.units",
                    "The largest amount of a resource that is free on one host",
                    resource,
                    (double) use.largestFree());
        }
    }

    private void add(String name, String help, Tags tags, double value) {
        gauges.computeIfAbsent(name, first -> MultiGauge.builder("yardmaster.placement." + name)
                .description(help)
                .register(registry));
        rows.computeIfAbsent(name, first -> new ArrayList<>()).add(MultiGauge.Row.of(tags, value));
    }
}
