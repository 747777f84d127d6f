package io.yardmaster.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LimitUse;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The limits as the shards of this instance use them, and the rates of groups and pools for which tasks wait, read at each scrape. One that the policy names has
 * series of its own. Tasks may need limits that it does not name, any number of them, so those share one. Pools have {@link PoolMeters}.
 */
final class LimitMeters {
    /** Limits with series of their own: the first in the order of their keys. */
    static final int MOST_LIMITS = 100;

    private static final String OTHERS = "others";

    private final Supplier<PolicySnapshot> policy;
    private final Supplier<List<LimitUse>> uses;
    private final MultiGauge used;
    private final MultiGauge capacity;
    private final MultiGauge parked;

    /** @param uses the use of each limit in each shard */
    LimitMeters(Supplier<PolicySnapshot> policy, Supplier<List<LimitUse>> uses, MeterRegistry registry) {
        this.policy = policy;
        this.uses = uses;
        String whose = "; of the first " + MOST_LIMITS + " limits of the policy, and of all others together";
        this.used = gauge("yardmaster.limit.used.units", "Units of a limit that tasks hold" + whose, registry);
        this.capacity = gauge(
                "yardmaster.limit.capacity.units", "Units of a limit that this instance may use" + whose, registry);
        this.parked = gauge("yardmaster.limit.parked.tasks", "Tasks that wait for a limit" + whose, registry);
    }

    private static MultiGauge gauge(String name, String help, MeterRegistry registry) {
        return MultiGauge.builder(name).description(help).register(registry);
    }

    private record Sum(long used, long capacity, long parked) {
        static Sum of(LimitUse use) {
            return new Sum(use.used(), use.capacity(), use.parked());
        }

        Sum plus(Sum other) {
            return new Sum(used + other.used, capacity + other.capacity, parked + other.parked);
        }
    }

    /** Reads the series that are shown until the next call. */
    void read() {
        Map<String, Sum> all = new TreeMap<>();
        uses.get().stream()
                .filter(use -> !LimitKeys.isOfPool(use.limit()))
                .forEach(use -> all.merge(use.limit(), Sum.of(use), Sum::plus));
        Set<String> inPolicy = policy.get().live().limits().keySet();
        Map<String, Sum> shown = new TreeMap<>();
        for (Map.Entry<String, Sum> limit : all.entrySet()) {
            boolean isKnown = inPolicy.contains(limit.getKey()) || LimitKeys.isRate(limit.getKey());
            boolean own = isKnown && shown.size() < MOST_LIMITS;
            shown.merge(own ? limit.getKey() : OTHERS, limit.getValue(), Sum::plus);
        }
        used.register(rows(shown, Sum::used), true);
        capacity.register(rows(shown, Sum::capacity), true);
        parked.register(rows(shown, Sum::parked), true);
    }

    private static List<MultiGauge.Row<?>> rows(Map<String, Sum> shown, ToLongFunction<Sum> value) {
        return shown.entrySet().stream()
                .<MultiGauge.Row<?>>map(limit ->
                        MultiGauge.Row.of(Tags.of("limit", limit.getKey()), value.applyAsLong(limit.getValue())))
                .toList();
    }
}
