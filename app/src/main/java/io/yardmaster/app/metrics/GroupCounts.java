package io.yardmaster.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.yardmaster.topology.policy.PolicyKind;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The assignments of the resource groups that the policy names, from the time on at which it does, and of all others together, of an
 * instance since it was started.
 */
final class GroupCounts {
    /** Groups with a series of their own, over the life of the instance: those that the policy named first. */
    static final int MOST_GROUPS = 100;

    private static final String OTHERS = "others";

    private final MeterRegistry registry;
    private final Map<Long, AtomicLong> named = new ConcurrentHashMap<>();
    private final AtomicLong others;
    private volatile Supplier<PolicySnapshot> policy = () -> PolicySnapshot.NONE;

    GroupCounts(MeterRegistry registry) {
        this.registry = registry;
        this.others = count(OTHERS);
    }

    private AtomicLong count(String group) {
        AtomicLong count = new AtomicLong();
        FunctionCounter.builder("yardmaster.group.assignments", count, AtomicLong::get)
                .description("Assignments to jobs of a resource group that the policy names, of the first "
                        + MOST_GROUPS + " of these, and of all others together")
                .tag("group", group)
                .register(registry);
        return count;
    }

    /** Gives a series to each group that this policy names. */
    void follow(Supplier<PolicySnapshot> inForce) {
        policy = inForce;
    }

    private synchronized Map<Long, AtomicLong> of(PolicySnapshot snapshot) {
        Map<Long, AtomicLong> counts = new HashMap<>();
        snapshot.rows().stream()
                .filter(row -> row.key().kind() == PolicyKind.GROUP)
                .map(row -> Long.parseLong(row.key().id()))
                .forEach(group -> {
                    AtomicLong count = named.get(group);
                    if (count == null && named.size() < MOST_GROUPS) {
                        count = count(Long.toString(group));
                        named.put(group, count);
                    }
                    if (count != null) {
                        counts.put(group, count);
                    }
                });
        return counts;
    }

    /** The counts of one shard, which its stream thread adds up. */
    Batch batch() {
        return new Batch();
    }

    /** Counts of one thread that are not published yet. */
    final class Batch {
        private PolicySnapshot followed = PolicySnapshot.NONE;
        private Map<Long, AtomicLong> counts = Map.of();
        private AtomicLong latest = others;
        private long latestGroup;
        private long unpublished;

        void add(long group) {
            if (group != latestGroup || unpublished == 0) {
                publishCount();
                latestGroup = group;
                latest = counts.getOrDefault(group, others);
            }
            unpublished++;
        }

        private void publishCount() {
            if (unpublished > 0) {
                latest.addAndGet(unpublished);
                unpublished = 0;
            }
        }

        /** To be called when a tick ends. */
        void publish() {
            publishCount();
            PolicySnapshot now = policy.get();
            if (!now.equals(followed)) {
                followed = now;
                counts = of(now);
            }
        }
    }
}
