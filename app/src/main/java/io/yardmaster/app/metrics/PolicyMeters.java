package io.yardmaster.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.util.Map;
import java.util.function.Supplier;

/** The policy that is in force on this instance, read at each scrape. */
final class PolicyMeters {
    /** Groups with a series of their own: the heaviest. */
    static final int MOST_GROUPS = 100;

    private final Supplier<PolicySnapshot> policy;
    private final MultiGauge weights;

    PolicyMeters(Supplier<PolicySnapshot> policy, MeterRegistry registry) {
        this.policy = policy;
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
        weights.register(
                policy.get().live().groupWeights().entrySet().stream()
                        .sorted(Map.Entry.<Long, Double>comparingByValue().reversed())
                        .limit(MOST_GROUPS)
                        .map(group ->
                                MultiGauge.Row.of(Tags.of("group", Long.toString(group.getKey())), group.getValue()))
                        .toList(),
                true);
    }
}
