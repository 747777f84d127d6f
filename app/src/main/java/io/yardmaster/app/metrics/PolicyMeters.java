package io.yardmaster.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.yardmaster.core.values.GroupShare;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The policy that is in force on this instance, and what groups have had of the limits in its shards, read at each scrape. */
final class PolicyMeters {
    /** Groups with a series of their own: the heaviest, and those that have had the most. */
    static final int MOST_GROUPS = 100;

    private final Supplier<PolicySnapshot> policy;
    private final Supplier<List<GroupShare>> shares;
    private final MultiGauge weights;
    private final MultiGauge dominant;

    /** @param shares of each group in each shard */
    PolicyMeters(Supplier<PolicySnapshot> policy, Supplier<List<GroupShare>> shares, MeterRegistry registry) {
        this.policy = policy;
        this.shares = shares;
        this.dominant = MultiGauge.builder("yardmaster.group.dominant.seconds")
                .description(
                        "With fairness=drf: time for which a resource group has had the whole of the limit of which it has had the"
                                + " largest part, over its weight, of the " + MOST_GROUPS
                                + " that have had the most; it falls to 0 when"
                                + " nothing waits")
                .register(registry);
        this.weights = MultiGauge.builder("yardmaster.group.weight")
                .description("The weight that the policy gives a resource group, of the " + MOST_GROUPS
                        + " heaviest; a group without an entry has 1")
                .register(registry);
        Gauge.builder("yardmaster.policy.entries", policy, it -> it.get().rows().size())
                .description("Entries of the policy that are in force")
                .register(registry);
        Gauge.builder("yardmaster.policy.problems", policy, it -> it.get()
                        .problems()
                        .size())
                .description("Parts of the policy topic that are ignored; /api/policy names them")
                .register(registry);
    }

    /** Reads the series of groups that are shown until the next call. */
    void read() {
        weights.register(heaviest(policy.get().live().groupWeights()), true);
        Map<Long, Double> had = new TreeMap<>();
        shares.get().forEach(share -> had.merge(share.group(), share.seconds(), Double::sum));
        dominant.register(heaviest(had), true);
    }

    /** The series of the groups with the largest values. */
    private static List<MultiGauge.Row<?>> heaviest(Map<Long, Double> byGroup) {
        return byGroup.entrySet().stream()
                .sorted(Map.Entry.<Long, Double>comparingByValue().reversed())
                .limit(MOST_GROUPS)
                .<MultiGauge.Row<?>>map(
                        group -> MultiGauge.Row.of(Tags.of("group", Long.toString(group.getKey())), group.getValue()))
                .toList();
    }
}
