package io.yardmaster.topology;

import io.yardmaster.core.placement.BestFit;
import io.yardmaster.core.placement.OpportunityCost;
import io.yardmaster.core.placement.PlacementPolicy;
import io.yardmaster.core.placement.PlacementStrategy;
import io.yardmaster.core.placement.Spread;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One run of a deployment whose pools have hosts, in one thread and in virtual time: shards, placement, planners and hosts, which crash,
 * are expelled as zombies, stand still and lose their transactions between any two of their steps. A plan is made late, once more than it
 * was asked for, or never, as when its stream task moves meanwhile. The seed decides everything.
 */
final class PlacedSimulation {
    private static final int STEPS = 1_500;
    private static final long START = 1_700_000_000_000L;
    private static final int MOST_ROUNDS = 3_000;
    private static final int ROUND_MS = 100;
    private static final int ROUNDS_OF_PURGE = 40;
    private static final List<PlacementStrategy> STRATEGIES =
            List.of(BestFit.DEFAULT, new Spread(), new OpportunityCost());

    private final Random random;
    private final List<String> history;
    private final SchedulerConfig config;
    private final PlacementPolicy policy;
    private final PlacedBroker broker;
    private final PlacedJobs jobs;
    private final PlacedInstance[] instances;
    private final long[] skews;
    private final List<PlacedHost> hosts = new ArrayList<>();
    private final PlacementLedger[] ledgers;
    private final int dangerPerMille;
    private final int longestStepMs;
    /** The chance that a scheduler that may do something makes a plan: in half of the runs so low that much happens between. */
    private final int planPercent;

    private long now = START;
    private int step;

    /** @param history gets a line for each event, unless it is null */
    PlacedSimulation(long seed, List<String> history) {
        this.history = history;
        random = new Random(seed);
        config = SchedulerConfig.from(Map.of(
                "schema.registry.url",
                "mock://placed-simulation",
                "dispatch.capacity",
                "1000",
                "refused.backoff",
                "1s"));
        policy = PlacementPolicy.DEFAULT
                .with(STRATEGIES.get(random.nextInt(STRATEGIES.size())))
                .withPlanLimit(random.nextInt(3) == 0 ? 4 : 1_000);
        broker = new PlacedBroker(1 + random.nextInt(3), 1 + random.nextInt(2), this::committed);
        jobs = new PlacedJobs(random, broker, config);
        ledgers = Stream.generate(() -> new PlacementLedger(jobs, broker))
                .limit(broker.placements)
                .toArray(PlacementLedger[]::new);
        instances = new PlacedInstance[1 + random.nextInt(3)];
        skews = random.longs(instances.length, -1_000, 1_000).toArray();
        dangerPerMille = new int[] {0, 5, 20, 60}[random.nextInt(4)];
        longestStepMs = random.nextBoolean() ? 100 : 400;
        planPercent = random.nextBoolean() ? 10 : 1;
        for (String pool : PlacedJobs.POOLS) {
            int count = 1 + random.nextInt(4);
            for (int number = 0; number < count; number++) {
                Map<String, String> labels =
                        number == 0 || random.nextBoolean() ? Map.of(PlacedJobs.ZONE, "a") : Map.of();
                hosts.add(new PlacedHost(random, broker, jobs, pool, "h" + number, labels, now));
            }
        }
    }

    /** Runs it to its end; throws an AssertionError at the first broken rule. */
    PlacedSimulation run() {
        for (step = 0; step < STEPS; step++) {
            now += random.nextInt(longestStepMs);
            hosts.forEach(host -> host.advance(now));
            checkHosts();
            move();
        }
        settle();
        return this;
    }

    /** The number of tasks that got a place, that lost it, that started in gangs, and that lost it to one of higher priority. */
    int[] counts() {
        return new int[] {
            Arrays.stream(ledgers).mapToInt(ledger -> ledger.placed).sum(),
            Arrays.stream(ledgers).mapToInt(ledger -> ledger.lost).sum(),
            Arrays.stream(ledgers).mapToInt(ledger -> ledger.gangs).sum(),
            Arrays.stream(ledgers).mapToInt(ledger -> ledger.preempted).sum()
        };
    }

    private void committed(PlacedTransaction transaction) {
        transaction.works.forEach((task, work) -> {
            if (broker.isPlacement(task)) {
                work.steps.forEach(each -> ledgers[task - broker.shards].take(each));
            }
        });
        for (TaskAssignment each : broker.freed(transaction)) {
            if (Arrays.stream(ledgers).anyMatch(ledger -> ledger.isPlaced(each.getAssignmentId()))) {
                throw new AssertionError("its host may still need what is to be deleted: " + each);
            }
        }
    }

    private void move() {
        int dice = random.nextInt(1_000);
        if (dice < dangerPerMille) {
            accident();
        } else if (dice < 80) {
            tell("people", jobs.step(now));
        } else if (dice < 130) {
            PlacedHost host = busyHost();
            tell(host, host.mishap(now));
        } else if (dice < 350) {
            work(hosts.get(random.nextInt(hosts.size())));
        } else if (dice < 430) {
            assignTasks(task -> random.nextInt(instances.length));
        } else {
            int number = random.nextInt(instances.length);
            if (instances[number] == null) {
                start(number);
            } else {
                move(number, instances[number]);
            }
        }
    }

    private void move(int number, PlacedInstance instance) {
        int dice = random.nextInt(100);
        if (dice < 10) {
            instance.receive();
            instance.answerEnds();
        } else if (dice < 10 + planPercent) {
            if (instance.plan()) {
                tell("scheduler " + number, "makes a plan");
            }
        } else if (dice < 12 + planPercent) {
            if (instance.planAgain()) {
                tell("scheduler " + number, "makes a plan again");
            }
        } else if (dice < 40) {
            commit(number, instance);
        } else if (dice < 41) {
            revoke(number, instance);
        } else {
            eventOrTick(number, instance);
        }
    }

    /** The one of three that has the most tasks: accidents of idle hosts harm nobody. */
    private PlacedHost busyHost() {
        return Stream.generate(() -> hosts.get(random.nextInt(hosts.size())))
                .limit(3)
                .max(Comparator.comparingInt(host -> host.running(now).size()))
                .orElseThrow();
    }

    private void commit(int number, PlacedInstance instance) {
        tell(
                "scheduler " + number,
                instance.commit(now) ? "has committed" : "was expelled, and loses its stream tasks");
    }

    private void revoke(int number, PlacedInstance instance) {
        if (!instance.tasks().isEmpty()
                && instance.commit(now)
                && !instance.tasks().isEmpty()) {
            int task = instance.tasks().iterator().next().number;
            tell("scheduler " + number, "gives back stream task " + task);
            instance.revoke(task);
        }
    }

    private void eventOrTick(int number, PlacedInstance instance) {
        List<PlacedStreamTask> tasks = List.copyOf(instance.tasks());
        if (tasks.isEmpty()) {
            return;
        }
        PlacedStreamTask task = tasks.get(random.nextInt(tasks.size()));
        int[] inputs =
                IntStream.range(0, PlacedBroker.INPUTS).filter(task::hasInput).toArray();
        if (inputs.length > 0 && random.nextInt(3) > 0) {
            int input = inputs[random.nextInt(inputs.length)];
            tell("scheduler " + number, "stream task " + task.number + " reads input " + input);
            task.process(input);
        } else {
            tell("scheduler " + number, "stream task " + task.number + " ticks");
            task.tick();
        }
    }

    private void accident() {
        int[] alive = IntStream.range(0, instances.length)
                .filter(number -> instances[number] != null)
                .toArray();
        if (alive.length == 0) {
            return;
        }
        int number = alive[random.nextInt(alive.length)];
        switch (random.nextInt(4)) {
            case 0, 1 -> {
                tell("scheduler " + number, "crashes");
                instances[number] = null;
            }
            case 2 -> {
                tell("scheduler " + number, "is expelled and does not know it");
                instances[number].tasks().forEach(task -> broker.assign(task.number));
            }
            default -> {
                tell("scheduler " + number, "has its transaction aborted");
                instances[number].loseAll();
            }
        }
    }

    private void start(int number) {
        tell("scheduler " + number, "starts");
        instances[number] = new PlacedInstance(
                config,
                broker,
                policy,
                () -> now + skews[number],
                (task, what) -> tell("stream task " + task, "refuses: " + what));
    }

    private void assignTasks(IntUnaryOperator ownerOfTask) {
        for (int task = 0; task < broker.tasks(); task++) {
            int wanted = ownerOfTask.applyAsInt(task);
            PlacedInstance to = instances[wanted];
            if (to != null && !isOwned(task) && mayJoin(to)) {
                tell("scheduler " + wanted, "gets stream task " + task);
                to.open(task, broker.assign(task));
            }
        }
    }

    private boolean isOwned(int number) {
        return Arrays.stream(instances)
                .filter(Objects::nonNull)
                .flatMap(instance -> instance.tasks().stream())
                .anyMatch(task -> task.number == number && broker.isCurrent(number, task.generation));
    }

    /** A zombie joins again when it has noticed that it is one. */
    private boolean mayJoin(PlacedInstance instance) {
        return instance.tasks().stream().allMatch(task -> broker.isCurrent(task.number, task.generation));
    }

    private void work(PlacedHost host) {
        for (TaskAssignment task : host.work(now)) {
            tell(
                    host,
                    "begins task %s of job %s, assignment %s"
                            .formatted(task.getTaskIndex(), task.getJobId(), task.getAssignmentId()));
        }
        checkHosts();
    }

    /** In a session no task runs twice at once. */
    private void checkHosts() {
        Map<List<Object>, PlacedHost> where = new HashMap<>();
        for (PlacedHost host : hosts) {
            for (TaskAssignment task : host.running(now)) {
                PlacedHost other = where.put(List.of(task.getJobId(), task.getSessionId(), task.getTaskIndex()), host);
                if (other != null) {
                    throw new AssertionError("P4: runs twice at once, on %s and %s: %s".formatted(host, other, task));
                }
            }
        }
    }

    /** All goes well until each job has ended, which takes bounded time. */
    private void settle() {
        tell("settle", "no more accidents");
        hosts.forEach(host -> host.recover(now));
        jobs.resumeAll(now);
        int quiet = 0;
        for (int round = 0; quiet < 3; round++) {
            if (round == MOST_ROUNDS) {
                throw new AssertionError("after %s s of peace these jobs have not ended: %s; placement has %s"
                        .formatted(
                                MOST_ROUNDS * ROUND_MS / 1_000,
                                jobs.notEnded(),
                                Arrays.stream(ledgers)
                                        .map(PlacementLedger::open)
                                        .toList()));
            }
            now += ROUND_MS;
            round();
            quiet = jobs.notEnded().isEmpty() && broker.isAllProcessed() ? quiet + 1 : 0;
        }
        jobs.checkEnds();
        checkNothingLeft();
        for (int rounds = 0; rounds < ROUNDS_OF_PURGE; rounds++) {
            now += ROUND_MS;
            round();
        }
        checkPurged();
    }

    private void round() {
        for (int number = 0; number < instances.length; number++) {
            if (instances[number] == null) {
                start(number);
            }
            instances[number].receiveAll();
            instances[number].answerEnds();
            instances[number].commit(now);
        }
        assignTasks(task -> task % instances.length);
        for (PlacedInstance instance : instances) {
            for (PlacedStreamTask task : instance.tasks()) {
                for (int input = 0; input < PlacedBroker.INPUTS; input++) {
                    while (task.hasInput(input)) {
                        task.process(input);
                    }
                }
                task.tick();
            }
            instance.plan();
            instance.commit(now);
        }
        for (PlacedHost host : hosts) {
            host.advance(now);
            work(host);
        }
    }

    private void checkNothingLeft() {
        for (PlacementLedger ledger : ledgers) {
            if (!ledger.open().isEmpty()) {
                throw new AssertionError("left in placement: " + ledger.open());
            }
        }
        for (int task = broker.shards; task < broker.tasks(); task++) {
            broker.changelog(task).keySet().forEach(key -> {
                if ("BOVEW".indexOf(key.get()[0]) >= 0) {
                    throw new AssertionError("left in the state: " + key);
                }
            });
        }
    }

    private void checkPurged() {
        for (String pool : PlacedJobs.POOLS) {
            for (int partition = 0; partition < PlacedBroker.HOST_PARTITIONS; partition++) {
                int size = broker.dispatched(pool, partition).size();
                if (broker.floor(pool, partition) < size) {
                    throw new AssertionError(
                            "%s assignments were written into partition %s of %s, and only those below %s are deleted"
                                    .formatted(size, partition, pool, broker.floor(pool, partition)));
                }
            }
        }
    }

    private void tell(Object who, String what) {
        if (history != null) {
            history.add("step " + step + " at " + (now - START) + " ms: " + who + ": " + what);
        }
    }
}
