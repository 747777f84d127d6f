package io.yardmaster.topology;

import io.yardmaster.core.values.Fairness;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/** All that there is in a {@link Simulation}: brokers, schedulers, storage and fleet, and a clock. */
final class SimulatedDeployment {
    private static final long START = 1_700_000_000_000L;

    final SchedulerConfig config;
    final SimulatedBroker broker;
    final SimulatedStorage storage;
    final SimulatedInstance[] instances;
    /** Of the instances' clocks, in ms. */
    final long[] skews;
    /** Whether gates are lifted and jobs forgotten, so that a task may be dispatched again. */
    final boolean forgets;

    private final List<SimulatedReference> references = new ArrayList<>();
    private final List<String> history;
    long now = START;
    int step;

    /** @param history is told what happens, unless it is null */
    SimulatedDeployment(Random random, List<String> history) {
        this.history = history;
        int lanes = random.nextBoolean() ? 1 : 2 + random.nextInt(3);
        Fairness fairness = random.nextInt(3) > 0 ? Fairness.JOB : Fairness.RESOURCE_GROUP;
        forgets = random.nextInt(4) == 0;
        config = config(random, lanes, fairness);
        broker = new SimulatedBroker(lanes, 1 + random.nextInt(4), (lane, work) -> references
                .get(lane)
                .replay(work));
        storage = new SimulatedStorage(random, broker);
        for (int lane = 0; lane < lanes; lane++) {
            // The weights of groups that are in several partitions are not known to the reference.
            references.add(new SimulatedReference(lane, config.policy(), lanes == 1 || fairness == Fairness.JOB));
        }
        instances = new SimulatedInstance[1 + random.nextInt(3)];
        skews = random.longs(instances.length, -5_000, 5_000).toArray();
    }

    private SchedulerConfig config(Random random, int lanes, Fairness fairness) {
        Map<String, String> settings = new HashMap<>();
        settings.put("schema.registry.url", "mock://simulation");
        settings.put("fairness", fairness == Fairness.JOB ? "job" : "resource-group");
        settings.put("active.jobs", String.valueOf(1 + random.nextInt(4)));
        settings.put("dispatch.capacity", String.valueOf(1 + random.nextInt(8 * lanes)));
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
        instances[number] = new SimulatedInstance(config, broker, () -> now * 1_000_000);
    }

    /** Gives lanes that nobody has to somebody; true if there were any. */
    boolean assignLanes(IntUnaryOperator ownerOfLane) {
        boolean assigned = false;
        for (int lane = 0; lane < broker.lanes(); lane++) {
            int wanted = ownerOfLane.applyAsInt(lane);
            SimulatedInstance to = instances[wanted];
            if (to != null && !isOwned(lane) && broker.isSettled(lane) && mayJoin(to)) {
                tell(wanted, "gets lane " + lane);
                to.open(lane, broker.assign(lane));
                assigned = true;
            }
        }
        return assigned;
    }

    private boolean isOwned(int lane) {
        return Arrays.stream(instances)
                .filter(Objects::nonNull)
                .flatMap(instance -> instance.tasks().stream())
                .anyMatch(task -> task.lane == lane && broker.isCurrent(lane, task.generation));
    }

    /** A zombie joins again when it has noticed that it is one. */
    private boolean mayJoin(SimulatedInstance instance) {
        return instance.stage() == SimulatedInstance.Stage.RUNNING
                && instance.tasks().stream().allMatch(task -> broker.isCurrent(task.lane, task.generation));
    }

    /** What nobody will end any more is aborted after a time. */
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

    /** The fleet takes so many, if they are there. */
    static void takeFrom(SimulatedPartition partition, int most) {
        int left = most;
        for (int offset = partition.taken(); offset < partition.stable() && left > 0; offset++) {
            if (partition.visible(offset) != null) {
                partition.take(offset + 1);
                left--;
            }
        }
    }

    void checkWindow() {
        int out = broker.outstanding().size();
        for (SimulatedInstance instance : instances) {
            out += instance == null ? 0 : instance.unsent();
        }
        if (out > config.dispatchCapacity().most()) {
            throw new AssertionError("S12: " + out + " are out, more than " + config.dispatchCapacity()
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
