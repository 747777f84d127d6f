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
 * The assignments of the resource groups that the policy names, and the time that their tasks ran, from the time on at which it does, and
 * those of all others together, of an instance since it was started.
 */
final class GroupCounts {
    /** Groups with a series of their own, over the life of the instance: those that the policy named first. */
    static final int MOST_GROUPS = 100;

    private static final String OTHERS = "others";

    private final MeterRegistry registry;
    private final Map<Long, Tallies> named = new ConcurrentHashMap<>();
    private final Tallies others;
    private volatile Supplier<PolicySnapshot> policy = () -> PolicySnapshot.NONE;

    /** The counts of a group. */
    private record Tallies(AtomicLong assignments, AtomicLong ranMs) {
        double ranSeconds() {
            return ranMs.get() / 1e3;
        }
    }

    GroupCounts(MeterRegistry registry) {
        this.registry = registry;
        this.others = open(OTHERS);
    }

    private Tallies open(String group) {
        Tallies tallies = new Tallies(new AtomicLong(), new AtomicLong());
        String whose = " of a resource group that the policy names, of the first " + MOST_GROUPS
                + " of these, and of all others together";
        FunctionCounter.builder("yardmaster.group.assignments", tallies, it -> it.assignments()
                        .get())
                .description("Assignments to jobs" + whose)
                .tag("group", group)
                .register(registry);
        FunctionCounter.builder("yardmaster.group.task.seconds", tallies, Tallies::ranSeconds)
                .description("Time that tasks ran, by their outcomes," + whose)
                .tag("group", group)
                .register(registry);
        return tallies;
    }

    /** Gives a series to each group that this policy names. */
    void follow(Supplier<PolicySnapshot> inForce) {
        policy = inForce;
    }

    private synchronized Map<Long, Tallies> of(PolicySnapshot snapshot) {
        Map<Long, Tallies> counts = new HashMap<>();
        snapshot.rows().stream()
                .filter(row -> row.key().kind() == PolicyKind.GROUP)
                .map(row -> Long.parseLong(row.key().id()))
                .forEach(group -> {
                    Tallies tallies = named.get(group);
                    if (tallies == null && named.size() < MOST_GROUPS) {
                        tallies = open(Long.toString(group));
                        named.put(group, tallies);
                    }
                    if (tallies != null) {
                        counts.put(group, tallies);
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
        private Map<Long, Tallies> counts = Map.of();
        private Tallies latest = others;
        private long latestGroup;
        private long assignments;
        private long ranMs;

        void add(long group) {
            begin(group);
            assignments++;
        }

        /** A task of a group has run for some ms. */
        void ran(long group, long millis) {
            begin(group);
            ranMs += millis;
        }

        private void begin(long group) {
            if (group != latestGroup || (assignments == 0 && ranMs == 0)) {
                publishCounts();
                latestGroup = group;
                latest = counts.getOrDefault(group, others);
            }
        }

        private void publishCounts() {
            if (assignments > 0) {
                latest.assignments().addAndGet(assignments);
                assignments = 0;
            }
            if (ranMs > 0) {
                latest.ranMs().addAndGet(ranMs);
                ranMs = 0;
            }
        }

        /** To be called when a tick ends. */
        void publish() {
            publishCounts();
            PolicySnapshot now = policy.get();
            if (!now.equals(followed)) {
                followed = now;
                counts = of(now);
            }
        }
    }
}
