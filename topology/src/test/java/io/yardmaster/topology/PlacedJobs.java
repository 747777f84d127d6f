package io.yardmaster.topology;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Offer;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * People who send graphs for pools with hosts, give commands about them and pause pools, and a storage that begins sessions. It knows how
 * each attempt of a task ends, and checks that each job ends as it must.
 */
final class PlacedJobs {
    static final List<String> POOLS = List.of("p0", "p1");
    static final String ZONE = "zone";
    /** The amount that no task needs more of. */
    static final int MOST_CPU = 3;

    static final int MOST_IN_GANG = 4;

    /** The resource group whose tasks people allow to lose their places, and forbid it again. */
    static final long FICKLE_GROUP = 2;

    private static final int MOST_JOBS = 24;
    private static final long NO_JOB = 999_999;
    private static final Set<JobEventKind> ENDS =
            Set.of(JobEventKind.JOB_ENDED, JobEventKind.JOB_SUCCEEDED, JobEventKind.JOB_FAILED);

    private final Random random;
    private final PlacedBroker broker;
    private final SchedulerConfig config;
    private final long seed;
    /** The most tasks of each pool that may lose their places in a minute. */
    private final Map<String, Integer> preemptions = new TreeMap<>();

    private final Map<Long, Boolean> preemptible = new TreeMap<>();
    private final Map<Long, JobGraph> graphs = new TreeMap<>();
    private final Set<Long> cancelled = new HashSet<>();
    private final Set<String> pausedPools = new HashSet<>();
    private final Set<String> succeeded = new HashSet<>();
    private long session = 1;

    PlacedJobs(Random random, PlacedBroker broker, SchedulerConfig config) {
        this.random = random;
        this.broker = broker;
        this.config = config;
        this.seed = random.nextLong();
        POOLS.forEach(pool -> preemptions.put(pool, new int[] {0, 2, 10, 1_000}[random.nextInt(4)]));
        for (long group = 0; group <= FICKLE_GROUP; group++) {
            setPreemptible(group, random.nextInt(3) > 0);
        }
        POOLS.forEach(pool -> pause(pool, false));
    }

    /** Returns the most tasks of a pool that may lose their places in a minute. */
    int preemptions(String pool) {
        return preemptions.get(pool);
    }

    /** Returns whether tasks of a group may lose their places, which changes only for {@link #FICKLE_GROUP}. */
    boolean isPreemptible(long group) {
        return preemptible.get(group);
    }

    static long jobOf(SpecificRecord value) {
        if (value instanceof JobGraph graph) {
            return graph.getJobId();
        } else if (value instanceof JobCommand command) {
            return command.getJobId();
        } else if (value instanceof TaskOutcome outcome) {
            return outcome.getJobId();
        }
        return ((CleanupReady) value).getJobId();
    }

    static String poolOf(SpecificRecord value) {
        return value instanceof Host host ? host.getPool() : ((Offer) value).getPool();
    }

    /** The stage that a task is of. */
    Stage stageOf(long job, int task) {
        int behind = 0;
        for (Stage stage : graphs.get(job).getStages()) {
            behind += stage.getTasks();
            if (task < behind) {
                return stage;
            }
        }
        throw new AssertionError("job " + job + " has no task " + task);
    }

    /** Does something, and says what. */
    String step(long now) {
        int dice = random.nextInt(20);
        if (graphs.isEmpty() || (dice < 8 && graphs.size() < MOST_JOBS)) {
            return submit(now);
        } else if (dice < 14) {
            return command(now);
        } else if (dice < 17) {
            String pool = POOLS.get(random.nextInt(POOLS.size()));
            return pause(pool, !pausedPools.contains(pool));
        } else if (dice == 17) {
            return begin(now);
        } else if (dice == 18) {
            return setPreemptible(FICKLE_GROUP, !preemptible.get(FICKLE_GROUP));
        }
        return "nothing";
    }

    private String submit(long now) {
        long job = 1L + graphs.size();
        List<Stage> stages = new ArrayList<>();
        int count = 1 + random.nextInt(2);
        for (int number = 0; number < count; number++) {
            boolean gang = random.nextInt(3) == 0;
            String[] after = number > 0 && random.nextBoolean() ? new String[] {"s0"} : new String[0];
            stages.add(Stage.newBuilder(SubmittedGraph.pooled(
                            "s" + number,
                            gang ? 2 + random.nextInt(MOST_IN_GANG - 1) : 1 + random.nextInt(5),
                            POOLS.get(random.nextInt(POOLS.size())),
                            after))
                    .setNeeds(Map.of("cpu", 1L + random.nextInt(MOST_CPU)))
                    .setLabels(random.nextInt(4) == 0 ? Map.of(ZONE, "a") : Map.of())
                    .setAttempts(1 + random.nextInt(3))
                    .setBackoffMs(random.nextInt(2) * 500L)
                    .setTimeoutMs(random.nextInt(3) * 5_000L)
                    .setPriority(random.nextInt(3) - 1)
                    .setGang(gang)
                    .build());
        }
        JobGraph graph = JobGraph.newBuilder()
                .setResourceGroupId(job % 3)
                .setJobId(job)
                .setOnFailure(OnFailure.STOP)
                .setPriority(random.nextInt(3) - 1)
                .setStages(stages)
                .build();
        graphs.put(job, graph);
        broker.send(shardOf(job), PlacedBroker.GRAPHS, graph, now);
        return "job %s of group %s, priority %s: ".formatted(job, graph.getResourceGroupId(), graph.getPriority())
                + stages.stream()
                        .map(stage -> "%s x %s%s of %s each needing %s, zone %s"
                                .formatted(
                                        stage.getName(),
                                        stage.getTasks(),
                                        stage.getGang() ? " (gang)" : "",
                                        stage.getPool(),
                                        stage.getNeeds(),
                                        stage.getLabels()))
                        .collect(Collectors.joining("; "));
    }

    private int shardOf(long job) {
        return JobPartition.of(job, broker.shards);
    }

    /** A command about a job that the scheduler knows. */
    private String command(long now) {
        List<Long> known = broker.events.stream()
                .filter(event -> event.getWhat() == JobEventKind.JOB_BEGAN)
                .map(JobEvent::getJobId)
                .distinct()
                .toList();
        if (known.isEmpty()) {
            return "nothing to give commands about";
        }
        int dice = random.nextInt(8);
        CommandType type = dice == 0
                ? CommandType.CANCEL
                : dice < 3 ? CommandType.PAUSE : dice < 6 ? CommandType.RESUME : CommandType.SET_PRIORITY;
        return command(known.get(random.nextInt(known.size())), type, now);
    }

    private String command(long job, CommandType type, long now) {
        int priority = type == CommandType.SET_PRIORITY ? random.nextInt(3) - 1 : 0;
        if (type == CommandType.CANCEL) {
            cancelled.add(job);
        }
        broker.send(shardOf(job), PlacedBroker.COMMANDS, new JobCommand(job, -1L, type, "", "", priority), now);
        return type + " job " + job;
    }

    /** Pauses a pool, or lets it go on. */
    String pause(String pool, boolean paused) {
        if (paused) {
            pausedPools.add(pool);
        } else {
            pausedPools.remove(pool);
        }
        int most = preemptions.get(pool);
        set(
                "pool/" + pool,
                PolicyEntry.newBuilder()
                        .setBy("ann")
                        .setFields(
                                most == 0
                                        ? List.of("placement", "paused")
                                        : List.of("placement", "paused", "preemptions"))
                        .setPlacement("hosts")
                        .setPreemptions(most == 0 ? null : (long) most)
                        .setPaused(paused)
                        .build());
        return pool + (paused ? " is paused" : " goes on");
    }

    private String setPreemptible(long group, boolean may) {
        preemptible.put(group, may);
        set(
                "group/" + group,
                PolicyEntry.newBuilder()
                        .setBy("ann")
                        .setFields(List.of("preemptible"))
                        .setPreemptible(may)
                        .build());
        return "tasks of group %s %s lose their places".formatted(group, may ? "may" : "must not");
    }

    private void set(String key, PolicyEntry entry) {
        byte[] value = ValueSerdes.of(Topic.POLICY, config.serde())
                .serializer()
                .serialize(config.topics().of(Topic.POLICY), entry);
        broker.policy.add(Map.entry(PlacedBroker.key(key), value));
    }

    private String begin(long now) {
        session++;
        int shard = random.nextInt(broker.shards);
        long job = NO_JOB;
        while (shardOf(job) != shard) {
            job++;
        }
        broker.send(shard, PlacedBroker.CLEANUP, new CleanupReady(0L, job, session, false), now);
        return "session " + session + " begins in shard " + shard;
    }

    /** Returns whether an attempt of a task fails, which is fixed; the last one never does, so that each job succeeds that is not cancelled. */
    boolean fails(TaskAssignment task) {
        boolean isLast = task.getAttempt() + 1
                >= stageOf(task.getJobId(), task.getTaskIndex()).getAttempts();
        int chance = Math.floorMod(
                Objects.hash(seed, task.getJobId(), task.getTaskIndex(), task.getAttempt()) * 31 + 7, 100);
        return !isLast && chance < 20;
    }

    /** A host has ended a task with success. */
    void succeeded(TaskAssignment task) {
        succeeded.add(task.getJobId() + "." + task.getTaskIndex());
    }

    /** All goes on, for all pools and jobs. */
    void resumeAll(long now) {
        POOLS.forEach(pool -> pause(pool, false));
        graphs.keySet().forEach(job -> command(job, CommandType.RESUME, now));
    }

    /** The jobs that have not ended. */
    Set<Long> notEnded() {
        Set<Long> left = new HashSet<>(graphs.keySet());
        broker.events.stream()
                .filter(event -> ENDS.contains(event.getWhat()))
                .forEach(event -> left.remove(event.getJobId()));
        return left;
    }

    /** Checks that each job has succeeded that nobody cancelled, and each of its tasks. */
    void checkEnds() {
        Set<Long> won = new HashSet<>();
        for (JobEvent event : broker.events) {
            if (event.getWhat() == JobEventKind.JOB_SUCCEEDED && !won.add(event.getJobId())) {
                throw new AssertionError("job " + event.getJobId() + " has succeeded twice");
            }
        }
        graphs.forEach((job, graph) -> {
            if (!won.contains(job)) {
                if (!cancelled.contains(job)) {
                    throw new AssertionError("job " + job + " has not succeeded, though nobody cancelled it");
                }
                return;
            }
            int tasks = graph.getStages().stream().mapToInt(Stage::getTasks).sum();
            for (int task = 0; task < tasks; task++) {
                if (!succeeded.contains(job + "." + task)) {
                    throw new AssertionError("job " + job + " has succeeded without its task " + task);
                }
            }
        });
    }
}
