package io.yardmaster.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The outcomes of one shard, by result and pool. The first {@value #MOST_POOLS} pools of which the shard counts an outcome have series of
 * their own; all others, such as come and go with the policy, share those of {@value #OTHERS}.
 */
final class OutcomeCounts {
    static final int MOST_POOLS = PolicySnapshot.MOST_POOLS;
    static final String OTHERS = "others";
    static final String DEFAULT_POOL = "default";

    private final int partition;
    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    /** By the name that the series has. */
    private final Map<String, Map<TaskEnd, Tally>> counts = new HashMap<>();

    OutcomeCounts(int partition, MeterRegistry registry) {
        this.partition = partition;
        this.registry = registry;
        counts.put(DEFAULT_POOL, series(DEFAULT_POOL));
    }

    private Map<TaskEnd, Tally> series(String pool) {
        Map<TaskEnd, Tally> made = new EnumMap<>(TaskEnd.class);
        for (TaskEnd end : TaskEnd.values()) {
            Tally count = new Tally();
            made.put(end, count);
            meters.add(FunctionCounter.builder("yardmaster.outcomes", count, Tally::published)
                    .description(
                            "Outcomes that were counted: one for each assignment that has ended, if execution managers send them")
                    .tag("partition", Integer.toString(partition))
                    .tag("pool", pool)
                    .tag("result", end.name().toLowerCase(Locale.ROOT))
                    .register(registry));
        }
        return made;
    }

    /** @param pool empty for the default one */
    void add(TaskEnd end, String pool) {
        String name = pool.isEmpty() ? DEFAULT_POOL : pool;
        if (counts.size() > MOST_POOLS && !counts.containsKey(name)) {
            name = OTHERS;
        }
        counts.computeIfAbsent(name, this::series).get(end).add(1);
    }

    /** To be called when a tick ends. */
    void publish() {
        counts.values().forEach(ends -> ends.values().forEach(Tally::publish));
    }

    void remove() {
        meters.forEach(registry::remove);
    }
}
