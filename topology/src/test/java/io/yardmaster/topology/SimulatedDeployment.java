package io.yardmaster.topology;

import io.yardmaster.core.values.Fairness;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/** The parts of a {@link Simulation}: broker, schedulers, storage and fleet, and a clock. */
final class SimulatedDeployment {
    private static final long START = 1_700_000_000_000L;

    final SchedulerConfig config;
    final SimulatedBroker broker;
    final SimulatedStorage storage;
    /** Null in a deployment without graphs. */
    final SimulatedGraphs graphs;

    final SimulatedInstance[] instances;
    /** Null in a deployment whose policy never changes. */
    final SimulatedPolicy operator;
    /** Difference of each instance's clock from the simulated time, in ms. */
    final long[] skews;
    /** True if gates are lifted and jobs forgotten during the run, so that a task may be dispatched again. */
    final boolean forgets;

    private final List<SimulatedReference> references = new ArrayList<>();
    private final List<String> history;
    long now = START;
    int step;

    /** @param history gets a line for each event, unless it is null */
    SimulatedDeployment(Random random, List<String> history) {
        this.history = history;
        int shards = random.nextBoolean() ? 1 : 2 + random.nextInt(3);
        boolean withGraphs = random.nextInt(3) == 0;
        boolean withPolicy = random.nextInt(3) == 0;
        Fairness fairness = List.of(Fairness.JOB, Fairness.JOB, Fairness.RESOURCE_GROUP, Fairness.WEIGHTED)
                .get(random.nextInt(4));
        forgets = random.nextInt(4) == 0;
        config = config(random, shards, fairness);
        broker = new SimulatedBroker(shards, 1 + random.nextInt(4), (shard, work) -> references
                .get(shard)
                .replay(work));
        storage = new SimulatedStorage(random, broker);
        graphs = withGraphs ? new SimulatedGraphs(random, broker, forgets) : null;
        operator = withPolicy ? new SimulatedPolicy(random, broker, config) : null;
        for (int shard = 0; shard < shards; shard++) {
            references.add(new SimulatedReference(shard, shards, config.policy(), graphs, withPolicy));
        }
        instances = new SimulatedInstance[1 + random.nextInt(3)];
        skews = random.longs(instances.length, -5_000, 5_000).toArray();
    }

    private SchedulerConfig config(Random random, int shards, Fairness fairness) {
        Map<String, String> settings = new HashMap<>();
        settings.put("schema.registry.url", "mock://simulation");
        settings.put("fairness", fairness.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        settings.put("active.jobs", String.valueOf(1 + random.nextInt(4)));
        settings.put("dispatch.capacity", String.valueOf(1 + random.nextInt(8 * shards)));
        settings.put("commit.per.cycle", String.valueOf(1 + random.nextInt(2)));
        settings.put("cleanup.per.cycle", String.valueOf(1 + random.nextInt(2)));
        if (forgets) {
            settings.put("finalizing.expiry", "1s");
            settings.put("dedup.expiry", "2s");
        }
        return SchedulerConfig.from(settings);
    }

    void crash(int number) {
        if (number >= 0) {
            tell(number, "crashes in stage " + instances[number].stage());
            instances[number] = null;
        }
    }

    void start(int number) {
        tell(number, "starts");
        boolean isFleetMixed = graphs != null && graphs.isFleetMixed;
        instances[number] = new SimulatedInstance(config, broker, isFleetMixed, () -> now * 1_000_000);
    }

    /** Gives shards without an owner to instances; true if there were any. */
    boolean assignShards(IntUnaryOperator ownerOfShard) {
        boolean assigned = false;
        for (int shard = 0; shard < broker.shards(); shard++) {
            int wanted = ownerOfShard.applyAsInt(shard);
            SimulatedInstance to = instances[wanted];
            if (to != null && !isOwned(shard) && broker.isSettled(shard) && mayJoin(to)) {
                tell(wanted, "gets shard " + shard);
                to.open(shard, broker.assign(shard));
                assigned = true;
            }
        }
        return assigned;
    }

    private boolean isOwned(int shard) {
        return Arrays.stream(instances)
                .filter(Objects::nonNull)
                .flatMap(instance -> instance.tasks().stream())
                .anyMatch(task -> task.shard == shard && broker.isCurrent(shard, task.generation));
    }

    /** A zombie joins again when it has noticed that it is one. */
    private boolean mayJoin(SimulatedInstance instance) {
        return instance.stage() == SimulatedInstance.Stage.RUNNING
                && instance.tasks().stream().allMatch(task -> broker.isCurrent(task.shard, task.generation));
    }

    /** Aborts transactions that no instance will end any more, after a time. */
    void abortOrphans() {
        Set<SimulatedTransaction> owned = new HashSet<>();
        for (SimulatedInstance instance : instances) {
            if (instance != null && !instance.isIdle()) {
                owned.add(instance.transaction());
            }
        }
        List.copyOf(broker.undecided()).stream()
                .filter(open -> !owned.contains(open))
                .forEach(broker::abort);
    }

    /** The fleet takes {@code most} assignments of the partition, if there are as many. */
    void takeFrom(SimulatedPartition partition, int most) {
        int left = most;
        for (int offset = partition.taken(); offset < partition.stable() && left > 0; offset++) {
            if (partition.visible(offset) != null) {
                if (graphs != null) {
                    graphs.pass(partition.visible(offset));
                }
                partition.take(offset + 1);
                left--;
            }
        }
    }

    void checkWindow() {
        int outstanding = broker.outstanding().size();
        for (SimulatedInstance instance : instances) {
            outstanding += instance == null ? 0 : instance.unsent();
        }
        if (outstanding > config.dispatchCapacity().most()) {
            throw new AssertionError("S12: " + outstanding + " are outstanding, more than " + config.dispatchCapacity()
                    + "; in the topic: " + broker.outstanding() + "; the latest shares: " + broker.latestShares());
        }
    }

    void tell(int instance, String what) {
        if (history != null) {
            tell("scheduler " + instance, what);
        }
    }

    void tell(String who, String what) {
        if (history != null) {
            history.add("step " + step + " at " + (now - START) + " ms: " + who + ": " + what);
        }
    }
}
