package io.yardmaster.topology;

import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.HostHeaders;
import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A host of a {@link PlacedSimulation}, as the client library leads one: it beats, reads its partition from the end that this had when it
 * started, and starts anew when Kafka has not heard of it for 25 s, or when the scheduler says that its incarnation is over.
 */
final class PlacedHost {
    private static final long PERIOD_MS = 2_000;
    private static final long MOST_SILENCE_MS = 25_000;

    private record Running(TaskAssignment task, long endsAt) {}

    final String pool;
    final String name;
    final int partition;
    private final Map<String, String> firstLabels;
    private Map<String, String> labels;

    private final Random random;
    private final PlacedBroker broker;
    private final PlacedJobs jobs;
    private final long skew;
    private final Map<Long, Running> running = new TreeMap<>();

    private long cpu;
    private boolean draining;
    private long incarnation;
    private boolean dead;
    private long deadUntil;
    private long frozenUntil;
    private long cutUntil;
    /** True if the scheduler may have released it, so that its tasks may run elsewhere until it learns of that. */
    private boolean isInDoubt;

    private long heard;
    private long beatsAt;
    private long session;
    private int position;
    private int killsRead;

    PlacedHost(
            Random random,
            PlacedBroker broker,
            PlacedJobs jobs,
            String pool,
            String name,
            Map<String, String> labels,
            long now) {
        this.random = random;
        this.broker = broker;
        this.jobs = jobs;
        this.pool = pool;
        this.name = name;
        this.firstLabels = labels;
        this.labels = labels;
        this.partition = random.nextInt(PlacedBroker.HOST_PARTITIONS);
        this.skew = random.nextInt(6_000) - 3_000L;
        this.cpu = 1L + random.nextInt(8);
        start(now);
    }

    /** A new incarnation, which has no tasks. */
    private void start(long now) {
        dead = false;
        incarnation++;
        running.clear();
        position = broker.dispatched(pool, partition).size();
        killsRead = broker.kills.size();
        heard = now;
        draining = false;
        isInDoubt = false;
        beat(now);
    }

    private void beat(long now) {
        beatsAt = now + PERIOD_MS;
        if (now >= cutUntil) {
            heard = now;
            Map<String, Long> total = draining ? Map.of() : Map.of("cpu", cpu);
            broker.send(
                    broker.placementOf(pool),
                    PlacedBroker.HOSTS,
                    new Host(pool, name, incarnation, total, labels, partition, Instant.ofEpochMilli(now + skew)),
                    now);
        }
    }

    /** Lets the time pass; a host that is frozen does nothing, and one that was does this first. */
    void advance(long now) {
        if (dead) {
            if (now >= deadUntil) {
                start(now);
            }
        } else if (now >= frozenUntil) {
            if (now - heard > MOST_SILENCE_MS) {
                if (random.nextBoolean() && now >= cutUntil) {
                    // The thread of heartbeats was the first to go on, so that only the scheduler can say that it is
                    // over.
                    isInDoubt = true;
                } else {
                    start(now);
                }
            }
            if (now >= beatsAt) {
                beat(now);
            }
        }
    }

    /** Something happens to the host. Returns a description. */
    String mishap(long now) {
        long duration = random.nextInt(2) == 0 ? random.nextInt(8_000) : random.nextInt(70_000);
        switch (random.nextInt(6)) {
            case 0 -> {
                dead = true;
                running.clear();
                deadUntil = now + duration;
                return "dies for " + duration + " ms";
            }
            case 1 -> {
                frozenUntil = now + duration;
                return "stands still for " + duration + " ms";
            }
            case 2 -> {
                cutUntil = now + duration;
                return "does not reach Kafka for " + duration + " ms";
            }
            case 3 -> {
                if (isUp(now)) {
                    cpu = 1L + random.nextInt(8);
                    start(now);
                }
                return "starts anew with cpu=" + cpu;
            }
            case 4 -> {
                draining = !draining;
                return draining ? "drains" : "takes tasks again";
            }
            default -> {
                cpu = 1L + random.nextInt(8);
                labels = random.nextBoolean() ? Map.of() : Map.of(PlacedJobs.ZONE, "a");
                return "has cpu=%s and labels %s from now on".formatted(cpu, labels);
            }
        }
    }

    /** All is well from now on, and the largest gang fits on the host. */
    void recover(long now) {
        deadUntil = now;
        frozenUntil = now;
        cutUntil = now;
        draining = false;
        labels = firstLabels;
        cpu = (long) PlacedJobs.MOST_IN_GANG * PlacedJobs.MOST_CPU;
    }

    private boolean isUp(long now) {
        return !dead && now >= frozenUntil;
    }

    /**
     * The tasks that run at this moment and may not run elsewhere. Those of a host that is frozen do not run, and one that was told to stop
     * runs on until its host has read that.
     */
    Collection<TaskAssignment> running(long now) {
        if (!isUp(now) || isInDoubt) {
            return List.of();
        }
        List<Kill> unread = broker.kills.subList(killsRead, broker.kills.size());
        return running.values().stream()
                .map(Running::task)
                .filter(task -> unread.stream().noneMatch(kill -> isMeant(kill, task)))
                .toList();
    }

    /**
     * Reads kills and assignments, and reports what has ended.
     *
     * @return the tasks that it begins
     */
    List<TaskAssignment> work(long now) {
        if (!isUp(now)) {
            return List.of();
        }
        while (killsRead < broker.kills.size()) {
            obey(broker.kills.get(killsRead++), now);
        }
        List<TaskAssignment> begun = read(now);
        for (Running each : List.copyOf(running.values())) {
            if (now >= each.endsAt()) {
                end(each.task(), resultOf(each.task()), now);
            }
        }
        return begun;
    }

    private List<TaskAssignment> read(long now) {
        List<TaskAssignment> begun = new ArrayList<>();
        List<PlacedBroker.Placed> topic = broker.dispatched(pool, partition);
        long current = incarnation;
        position = Math.max(position, broker.floor(pool, partition));
        while (position < topic.size() && incarnation == current) {
            PlacedBroker.Placed next = topic.get(position++);
            if (!HostHeaders.name(next.headers(), name, incarnation)) {
                continue;
            }
            TaskAssignment task = next.value();
            if (task == null) {
                start(now);
            } else if (observe(Epoch.read(next.headers()).orElseThrow())) {
                if (broker.kills.subList(0, killsRead).stream().anyMatch(kill -> isMeant(kill, task))) {
                    end(task, TaskResult.KILLED, now);
                } else {
                    long duration = random.nextBoolean() ? random.nextInt(20_000) : random.nextInt(2_000);
                    running.put(task.getAssignmentId(), new Running(task, now + duration));
                    begun.add(task);
                }
            }
        }
        return begun;
    }

    /** Drops the tasks of older sessions; false if this one is older itself. */
    private boolean observe(long newer) {
        if (newer > session) {
            session = newer;
            running.values().removeIf(each -> each.task().getSessionId() < session);
        }
        return newer == session;
    }

    private TaskResult resultOf(TaskAssignment task) {
        return random.nextInt(8) == 0
                ? TaskResult.REFUSED
                : jobs.fails(task) ? TaskResult.FAILED : TaskResult.SUCCEEDED;
    }

    private void end(TaskAssignment task, TaskResult result, long now) {
        running.remove(task.getAssignmentId());
        if (result == TaskResult.SUCCEEDED) {
            jobs.succeeded(task);
        }
        TaskOutcome outcome = SchedulerDriver.outcomeOf(task, result, "");
        int shard = new AssignmentIds(broker.shards).shardOf(task.getAssignmentId());
        for (int times = random.nextInt(8) == 0 ? 2 : 1; times > 0; times--) {
            broker.send(shard, PlacedBroker.OUTCOMES, outcome, now);
        }
    }

    private void obey(Kill kill, long now) {
        for (Running each : List.copyOf(running.values())) {
            if (isMeant(kill, each.task())) {
                end(each.task(), TaskResult.KILLED, now);
            }
        }
    }

    private static boolean isMeant(Kill kill, TaskAssignment task) {
        return kill.getAssignmentId() >= 0
                ? kill.getAssignmentId() == task.getAssignmentId()
                : kill.getJobId() == task.getJobId()
                        && task.getAssignmentId() <= kill.getLastAssignmentId()
                        && (kill.getAssignmentId() == -1
                                || (task.getTaskIndex() >= kill.getFirstTask()
                                        && task.getTaskIndex() - kill.getFirstTask() < kill.getTasks()));
    }

    @Override
    public String toString() {
        return "host %s of %s, incarnation %s".formatted(name, pool, incarnation);
    }
}
