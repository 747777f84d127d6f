package io.yardmaster.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LimitUse;
import io.yardmaster.topology.policy.PolicyRow;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The pools of the policy as the shards of this instance use them, read at each scrape. There are at most {@value PolicySnapshot#MOST_POOLS} of them;
 * pools that are gone, and of which something still runs or waits, share one series.
 */
final class PoolMeters {
    private static final String GONE = "gone";

    private final Supplier<PolicySnapshot> policy;
    private final Supplier<List<LimitUse>> uses;
    private final MultiGauge used;
    private final MultiGauge capacity;
    private final MultiGauge parked;
    private final MultiGauge paused;

    private record Use(long used, long capacity, long parked, boolean isPaused) {
        static Use of(LimitUse use, boolean isPaused) {
            return new Use(use.used(), use.capacity(), use.parked(), isPaused);
        }

        Use plus(Use other) {
            return new Use(used + other.used, capacity + other.capacity, parked + other.parked, isPaused);
        }
    }

    /** @param uses the use of each limit in each shard */
    PoolMeters(Supplier<PolicySnapshot> policy, Supplier<List<LimitUse>> uses, MeterRegistry registry) {
        this.policy = policy;
        this.uses = uses;
        String whose = "; of each pool of the policy, and of all that are gone together";
        this.used = gauge("used.tasks", "Assignments of a pool that have not ended" + whose, registry);
        this.capacity = gauge(
                "capacity.tasks",
                "Assignments of a pool that this instance may make before some end" + whose,
                registry);
        this.parked = gauge("parked.tasks", "Tasks that wait for a place in a pool" + whose, registry);
        this.paused = gauge("paused", "1 if the policy pauses a pool, else 0", registry);
    }

    private static MultiGauge gauge(String name, String help, MeterRegistry registry) {
        return MultiGauge.builder("yardmaster.pool." + name).description(help).register(registry);
    }

    /** Reads the series that are shown until the next call. */
    void read() {
        PolicySnapshot now = policy.get();
        Set<String> inPolicy = now.pools();
        Set<String> areOff = new TreeSet<>();
        inPolicy.stream()
                .filter(pool -> now.pool(pool).map(PolicyRow::isPaused).orElse(false))
                .forEach(areOff::add);
        Map<String, Use> all = new TreeMap<>();
        inPolicy.forEach(pool -> all.put(pool, new Use(0, 0, 0, areOff.contains(pool))));
        for (LimitUse use : uses.get()) {
            if (LimitKeys.isOfPool(use.limit())) {
                String pool = LimitKeys.pool(use.limit());
                all.merge(inPolicy.contains(pool) ? pool : GONE, Use.of(use, areOff.contains(pool)), Use::plus);
            }
        }
        used.register(rows(all, Use::used), true);
        capacity.register(rows(all, Use::capacity), true);
        parked.register(rows(all, Use::parked), true);
        paused.register(rows(all, pool -> pool.isPaused() ? 1 : 0), true);
    }

    private static List<MultiGauge.Row<?>> rows(Map<String, Use> all, ToLongFunction<Use> value) {
        return all.entrySet().stream()
                .<MultiGauge.Row<?>>map(
                        pool -> MultiGauge.Row.of(Tags.of("pool", pool.getKey()), value.applyAsLong(pool.getValue())))
                .toList();
    }
}
