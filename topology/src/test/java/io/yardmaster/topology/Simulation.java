package io.yardmaster.topology;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One run of a whole deployment in one thread and in virtual time: schedulers that crash, are expelled as zombies and
 * have their transactions aborted between any two of their steps, a storage, and a fleet. The seed decides everything.
 */
final class Simulation {
    static final int STEPS = 300;
    private static final int NEVER = -1;

    private final Random random;
    private final SimulatedDeployment all;
    private final int longestStepMs;
    private final int dangerPerMille;
    private final int crashAt;

    private Simulation(long seed, int crashAt, List<String> history) {
        this.random = new Random(seed);
        this.crashAt = crashAt;
        this.all = new SimulatedDeployment(random, history);
        this.longestStepMs = all.forgets ? 60 : 4;
        this.dangerPerMille = crashAt == NEVER ? new int[] {0, 5, 20, 60}[random.nextInt(4)] : 0;
    }

    /** Runs the seed; throws an AssertionError at the first broken rule. */
    static void run(long seed) {
        new Simulation(seed, NEVER, null).run();
    }

    /** Runs the seed and adds a line to the history for each event. */
    static void replay(long seed, int crashAt, List<String> history) {
        new Simulation(seed, crashAt, history).run();
    }

    /** Runs the seed without accidents but for one crash before this step. */
    static void runWithCrashAt(long seed, int crashAt) {
        new Simulation(seed, crashAt, null).run();
    }

    private void run() {
        boolean crashed = false;
        while (all.step < STEPS) {
            all.now += random.nextInt(longestStepMs);
            if (all.step == crashAt && !crashed) {
                all.crash(anyAlive());
                crashed = true;
            }
            if (random.nextInt(1_000) < dangerPerMille) {
                accident();
                all.step++;
            } else if (work()) {
                all.step++;
            }
            all.checkWindow();
        }
        new SimulatedEnd(all).settle();
    }

    /** Makes one step of one party; false if there was nothing to do. */
    private boolean work() {
        if (all.graphs != null && random.nextInt(6) == 0) {
            all.tell("graphs", all.graphs.step());
            return true;
        }
        if (all.operator != null && random.nextInt(25) == 0) {
            all.tell("operator", all.operator.change());
            return true;
        }
        int dice = random.nextInt(100);
        if (dice < 12) {
            all.tell("storage", all.storage.send());
        } else if (dice < 22) {
            return take(1 + random.nextInt(3));
        } else if (dice < 26) {
            return all.broker.mark();
        } else if (dice < 32) {
            return all.assignShards(shard -> random.nextInt(all.instances.length));
        } else if (dice < 33) {
            all.abortOrphans();
        } else {
            int number = random.nextInt(all.instances.length);
            if (all.instances[number] != null) {
                return move(number, all.instances[number]);
            }
            all.start(number);
        }
        return true;
    }

    /** Makes one step of a scheduler. */
    private boolean move(int number, SimulatedInstance instance) {
        int dice = random.nextInt(100);
        boolean running = instance.stage() == SimulatedInstance.Stage.RUNNING;
        if (dice < 8) {
            instance.refresh();
            return true;
        } else if (dice < 15) {
            return instance.receive();
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
        int shard = instance.tasks().iterator().next().shard;
        all.tell(number, "gives back shard " + shard);
        instance.revoke(shard);
        return true;
    }

    private boolean eventOrTick(int number, SimulatedInstance instance) {
        List<SimulatedTask> tasks = List.copyOf(instance.tasks());
        if (tasks.isEmpty()) {
            return false;
        }
        SimulatedTask task = tasks.get(random.nextInt(tasks.size()));
        if (random.nextInt(3) > 0) {
            int input = random.nextInt(all.graphs == null ? SimulatedBroker.LANES : SimulatedBroker.INPUTS);
            if (!task.hasInput(input)) {
                return false;
            }
            all.tell(number, "processes an event of shard " + task.shard + ", input " + input);
            task.process(input, all.now);
        } else {
            int before = instance.unsent();
            task.tick(all.now + all.skews[number]);
            all.tell(number, "ticks shard " + task.shard + ": " + (instance.unsent() - before));
        }
        return true;
    }

    private boolean commit(int number, SimulatedInstance instance) {
        SimulatedInstance.Stage before = instance.stage();
        boolean done = instance.commit();
        if (done) {
            all.tell(number, "commits: " + before + " -> " + instance.stage());
        }
        return done;
    }

    private void accident() {
        int number = anyAlive();
        if (number < 0) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0, 1 -> all.crash(number);
            case 2 -> {
                all.tell(number, "is expelled and does not know it");
                all.instances[number].tasks().forEach(task -> all.broker.assign(task.shard));
            }
            default -> {
                if (!all.instances[number].isIdle()) {
                    all.tell(number, "has its transaction aborted");
                    SimulatedTransaction open = all.instances[number].transaction();
                    all.broker.abort(open);
                }
            }
        }
    }

    private int anyAlive() {
        int[] alive = IntStream.range(0, all.instances.length)
                .filter(number -> all.instances[number] != null)
                .toArray();
        return alive.length == 0 ? -1 : alive[random.nextInt(alive.length)];
    }

    private boolean take(int most) {
        List<SimulatedPartition> partitions = all.broker.partitions();
        SimulatedPartition partition = partitions.get(random.nextInt(partitions.size()));
        int before = partition.taken();
        all.takeFrom(partition, most);
        if (random.nextInt(4) == 0) {
            partition.passMarkers();
        }
        return partition.taken() > before;
    }
}
