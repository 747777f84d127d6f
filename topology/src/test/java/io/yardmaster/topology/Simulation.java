package io.yardmaster.topology;

import io.yardmaster.scheduling.Fairness;
import io.yardmaster.schemas.TaskAssignment;
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
import java.util.stream.IntStream;

/**
 * One run of a whole deployment in one thread and in virtual time: schedulers that crash, are expelled as zombies and have
 * their transactions aborted between any two of their steps, a storage, and a fleet. The seed decides everything.
 */
final class Simulation {
    static final int STEPS = 300;
    private static final int MOST_ROUNDS = 2_000;
    private static final int QUIET_ROUNDS = 3;
    private static final int ROUND_MS = 20;
    private static final long START = 1_700_000_000_000L;
    private static final int NEVER = -1;

    private final Random random;
    private final SchedulerConfig config;
    private final SimulatedBroker broker;
    private final SimulatedStorage storage;
    private final List<SimulatedReference> references = new ArrayList<>();
    private final SimulatedInstance[] instances;
    private final long[] skews;
    private final boolean forgets;
    private final int longestStepMs;
    private final int dangerPerMille;
    private final List<String> history;
    private final int crashAt;
    private long now = START;
    private int step;

    private Simulation(long seed, int crashAt, List<String> history) {
        this.random = new Random(seed);
        this.history = history;
        this.crashAt = crashAt;
        int lanes = random.nextBoolean() ? 1 : 2 + random.nextInt(3);
        Fairness fairness = random.nextInt(3) > 0 ? Fairness.JOB : Fairness.RESOURCE_GROUP;
        forgets = random.nextInt(4) == 0;
        longestStepMs = forgets ? 60 : 4;
        dangerPerMille = crashAt == NEVER ? new int[] {0, 5, 20, 60}[random.nextInt(4)] : 0;
        config = config(lanes, fairness);
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

    private SchedulerConfig config(int lanes, Fairness fairness) {
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

    /** Runs the seed; throws an AssertionError at the first thing that must not be. */
    static void run(long seed) {
        new Simulation(seed, NEVER, null).run();
    }

    /** The same, and tells what happened. */
    static void replay(long seed, int crashAt, List<String> history) {
        new Simulation(seed, crashAt, history).run();
    }

    /** Runs the seed without accidents but for one crash before this step. */
    static void runWithCrashAt(long seed, int crashAt) {
        new Simulation(seed, crashAt, null).run();
    }

    private void run() {
        boolean crashed = false;
        while (step < STEPS) {
            now += random.nextInt(longestStepMs);
            if (step == crashAt && !crashed) {
                crash(anyAlive());
                crashed = true;
            }
            if (random.nextInt(1_000) < dangerPerMille) {
                accident();
                step++;
            } else if (work()) {
                step++;
            }
            checkWindow();
        }
        settle();
    }

    /** One step of somebody; false if there was nothing to do. */
    private boolean work() {
        int dice = random.nextInt(100);
        if (dice < 12) {
            tell("storage", storage.send());
        } else if (dice < 22) {
            return take(1 + random.nextInt(3));
        } else if (dice < 26) {
            return broker.mark();
        } else if (dice < 32) {
            return assignLanes(false);
        } else if (dice < 33) {
            abortOrphans();
        } else {
            int number = random.nextInt(instances.length);
            if (instances[number] != null) {
                return move(number, instances[number]);
            }
            start(number);
        }
        return true;
    }

    /** One step of a scheduler. */
    private boolean move(int number, SimulatedInstance instance) {
        int dice = random.nextInt(100);
        boolean running = instance.stage() == SimulatedInstance.Stage.RUNNING;
        if (dice < 8) {
            instance.look();
            return true;
        } else if (dice < 15) {
            return instance.hear();
        } else if (dice < 30) {
            return instance.deliver();
        } else if (dice < 40) {
            return instance.acknowledge();
        } else if (dice < (running ? 48 : 100)) {
            return commit(number, instance);
        } else if (dice < 49 && instance.isIdle()) {
            return revoke(number, instance);
        }
        return eventOrTick(number, instance);
    }

    private boolean revoke(int number, SimulatedInstance instance) {
        if (instance.tasks().isEmpty()) {
            return false;
        }
        int lane = instance.tasks().iterator().next().lane;
        tell(number, "gives back lane " + lane);
        instance.revoke(lane);
        return true;
    }

    private boolean eventOrTick(int number, SimulatedInstance instance) {
        List<SimulatedTask> tasks = List.copyOf(instance.tasks());
        if (tasks.isEmpty()) {
            return false;
        }
        SimulatedTask task = tasks.get(random.nextInt(tasks.size()));
        if (random.nextInt(3) > 0) {
            int input = random.nextInt(SimulatedBroker.INPUTS);
            if (!task.hasInput(input)) {
                return false;
            }
            tell(number, "processes an event of lane " + task.lane + ", input " + input);
            task.process(input, now);
        } else {
            int before = instance.unsent();
            task.tick(now + skews[number]);
            tell(number, "ticks lane " + task.lane + ": " + (instance.unsent() - before));
        }
        return true;
    }

    private boolean commit(int number, SimulatedInstance instance) {
        SimulatedInstance.Stage before = instance.stage();
        boolean done = instance.commit();
        if (done) {
            tell(number, "commits: " + before + " -> " + instance.stage());
        }
        return done;
    }

    private void accident() {
        int number = anyAlive();
        if (number < 0) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0, 1 -> crash(number);
            case 2 -> {
                tell(number, "is expelled and does not know it");
                instances[number].tasks().forEach(task -> broker.assign(task.lane));
            }
            default -> {
                if (!instances[number].isIdle()) {
                    tell(number, "has its transaction aborted");
                    SimulatedTransaction open = instances[number].transaction();
                    broker.abort(open);
                }
            }
        }
    }

    private int anyAlive() {
        int[] alive = IntStream.range(0, instances.length)
                .filter(number -> instances[number] != null)
                .toArray();
        return alive.length == 0 ? -1 : alive[random.nextInt(alive.length)];
    }

    private void crash(int number) {
        if (number >= 0) {
            tell(number, "crashes in stage " + instances[number].stage());
            instances[number] = null;
        }
    }

    private void start(int number) {
        tell(number, "starts");
        instances[number] = new SimulatedInstance(config, broker, () -> now * 1_000_000);
    }

    /** Gives lanes that nobody has to somebody; in good times to all in turn. */
    private boolean assignLanes(boolean all) {
        boolean assigned = false;
        for (int lane = 0; lane < broker.lanes(); lane++) {
            int wanted = all ? lane % instances.length : random.nextInt(instances.length);
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
    private void abortOrphans() {
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

    private boolean take(int most) {
        SimulatedPartition partition =
                broker.partitions().get(random.nextInt(broker.partitions().size()));
        int before = partition.taken();
        takeFrom(partition, most);
        if (random.nextInt(4) == 0) {
            partition.passMarkers();
        }
        return partition.taken() > before;
    }

    private static void takeFrom(SimulatedPartition partition, int most) {
        int left = most;
        for (int offset = partition.taken(); offset < partition.stable() && left > 0; offset++) {
            if (partition.visible(offset) != null) {
                partition.take(offset + 1);
                left--;
            }
        }
    }

    private void checkWindow() {
        int out = broker.outstanding().size();
        for (SimulatedInstance instance : instances) {
            out += instance == null ? 0 : instance.unsent();
        }
        if (out > config.dispatchCapacity().most()) {
            throw new AssertionError("S12: " + out + " are out, more than " + config.dispatchCapacity()
                    + "; in the topic: " + broker.outstanding() + "; the latest shares: " + broker.latestShares());
        }
    }

    /** From now on all goes well, until nothing is left to do. */
    private void settle() {
        tell("settle", "no more accidents");
        int quiet = 0;
        for (int round = 0; quiet < QUIET_ROUNDS; round++) {
            if (round == MOST_ROUNDS) {
                throw new AssertionError("S17: after " + MOST_ROUNDS + " rounds these are not dispatched: " + missing()
                        + "; out " + broker.outstanding() + " of " + config.dispatchCapacity() + "; the latest shares: "
                        + broker.latestShares());
            }
            now += ROUND_MS;
            int before = broker.dispatched.size();
            round();
            boolean done = broker.isAllProcessed()
                    && broker.dispatched.size() == before
                    && missing().isEmpty();
            quiet = done ? quiet + 1 : 0;
        }
        checkDispatched();
    }

    private void round() {
        abortOrphans();
        for (int number = 0; number < instances.length; number++) {
            if (instances[number] == null) {
                start(number);
            }
            finishCommit(instances[number]);
        }
        assignLanes(true);
        for (int number = 0; number < instances.length; number++) {
            runOnce(instances[number], skews[number]);
            checkWindow();
        }
        broker.partitions().forEach(partition -> takeFrom(partition, Integer.MAX_VALUE));
    }

    private void finishCommit(SimulatedInstance instance) {
        while (instance.commit() && instance.stage() != SimulatedInstance.Stage.RUNNING) {
            broker.markAll();
        }
        broker.markAll();
    }

    private void runOnce(SimulatedInstance instance, long skew) {
        instance.hearAll();
        instance.look();
        for (SimulatedTask task : instance.tasks()) {
            for (int input = 0; input < SimulatedBroker.INPUTS; input++) {
                while (task.hasInput(input)) {
                    task.process(input, now);
                }
            }
            task.tick(now + skew);
        }
        finishCommit(instance);
    }

    private Set<String> missing() {
        if (forgets) {
            return Set.of();
        }
        Set<String> missing = storage.due();
        for (TaskAssignment made : broker.dispatched) {
            if (made.getSessionId() == storage.session()) {
                missing.remove(name(made));
            }
        }
        return missing;
    }

    private void checkDispatched() {
        Set<Long> ids = new HashSet<>();
        Set<String> seen = new HashSet<>();
        for (TaskAssignment made : broker.dispatched) {
            if (!ids.add(made.getAssignmentId())) {
                throw new AssertionError("S13: the id was there before: " + made);
            }
            if (!forgets && !seen.add("session " + made.getSessionId() + " " + name(made))) {
                throw new AssertionError("S7: dispatched twice: " + made);
            }
            boolean newest = !forgets && made.getSessionId() == storage.session();
            if (newest && made.getTaskIndex() >= 0 && !storage.hasSent(name(made))) {
                throw new AssertionError("S7: never made ready: " + made);
            }
        }
    }

    private static String name(TaskAssignment made) {
        return SimulatedStorage.name(made.getJobId(), made.getKind(), made.getTaskIndex(), made.getAttempt());
    }

    private void tell(int instance, String what) {
        if (history != null) {
            tell("scheduler " + instance, what);
        }
    }

    private void tell(String who, String what) {
        if (history != null) {
            history.add("step " + step + " at " + (now - START) + " ms: " + who + ": " + what);
        }
    }
}
