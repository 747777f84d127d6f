package io.yardmaster.bench.failover;

import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.contestants.SchedulerJvm;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.load.WorkloadSender;
import io.yardmaster.bench.process.ChildJvm;
import io.yardmaster.bench.runs.Background;
import io.yardmaster.bench.runs.StateDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * Fills one shard, lets a fleet take from it slowly, kills the instance that has it, and takes the time until the
 * next assignment is seen.
 */
final class FailoverRound {
    private static final List<String> NAMES = List.of("first", "second");
    private static final int JOBS = 1_000;
    private static final int DISPATCH_PARTITIONS = 8;
    private static final int LINGER_MILLIS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Long enough for the fleet to get going, and for a standby to have all of the state, which is small. */
    private static final Duration WARMUP = Duration.ofSeconds(8);
    /** The broker's clock, which is this machine's, stamps each record when it is appended. */
    private static final Map<String, String> STAMPED = Map.of("message.timestamp.type", "LogAppendTime");

    private final String bootstrapServers;
    private final Admin admin;
    private final Path work;
    private final Path output;
    private final Map<String, String> more;

    FailoverRound(String bootstrapServers, Admin admin, Path work, Path output, Map<String, String> more) {
        this.bootstrapServers = bootstrapServers;
        this.admin = admin;
        this.work = work;
        this.output = output;
        this.more = more;
    }

    /** Returns the time without assignments, in seconds. */
    double run(String name, Mode mode, long tasks) {
        Path state = work.resolve(name);
        List<ChildJvm> instances = new ArrayList<>();
        try (BenchTopics topics = new BenchTopics(admin, name, 1, DISPATCH_PARTITIONS, STAMPED);
                WorkloadSender sender = WorkloadSender.visible(bootstrapServers, topics.ready(), LINGER_MILLIS)) {
            Workload buffered = new Workload(tasks, Math.toIntExact(Math.min(1_000, tasks / JOBS)), JOBS);
            sender.sendAll(buffered);
            Map<String, String> settings = settings(topics, mode);
            instances.add(start(state.resolve(NAMES.get(0)), settings));
            topics.awaitTakenIn(buffered.events(), PATIENCE);
            if (mode.instances() > 1) {
                instances.add(start(state.resolve(NAMES.get(1)), settings));
            }
            try (SlowFleet fleet = new SlowFleet(bootstrapServers, topics.dispatch(), topics.group());
                    DispatchTail tail = new DispatchTail(bootstrapServers, topics.dispatch())) {
                fleet.awaitTaking(WARMUP);
                ChildJvm owner = instances.get(owner(topics, state, instances.size()));
                return kill(mode, owner, instances, state, settings, tail);
            }
        } finally {
            instances.forEach(ChildJvm::kill);
            StateDirectory.delete(state);
        }
    }

    /** The index of the instance that has the shard: it may have moved to the second one. */
    private int owner(BenchTopics topics, Path state, int instances) {
        String member = topics.ownerOfReady();
        for (int instance = 0; instance < instances; instance++) {
            if (member.contains(StateDirectory.processId(state.resolve(NAMES.get(instance)), topics.round()))) {
                return instance;
            }
        }
        throw new BenchException(member + " has the shard, but is none of the instances");
    }

    private double kill(
            Mode mode,
            ChildJvm owner,
            List<ChildJvm> instances,
            Path state,
            Map<String, String> settings,
            DispatchTail tail) {
        tail.awaitAppendedAfter(System.currentTimeMillis(), PATIENCE);
        long killed = System.nanoTime();
        owner.kill();
        // Records that it had sent may be appended a moment after its end, but not be committed any more.
        long dead = System.currentTimeMillis();
        if (mode != Mode.RESTART) {
            return (tail.awaitAppendedAfter(dead, PATIENCE) - killed) / 1e9;
        }
        Background restart =
                Background.start("restart", () -> instances.add(start(state.resolve(NAMES.get(0)), settings)));
        try {
            return (tail.awaitAppendedAfter(dead, PATIENCE) - killed) / 1e9;
        } finally {
            restart.join();
        }
    }

    private Map<String, String> settings(BenchTopics topics, Mode mode) {
        Map<String, String> settings = SchedulerJvm.settings(bootstrapServers, topics);
        settings.put("kafka.num.standby.replicas", Integer.toString(mode.standbys()));
        settings.putAll(more);
        return settings;
    }

    private ChildJvm start(Path state, Map<String, String> settings) {
        return SchedulerJvm.start(state, output.resolve("failover-" + state.getFileName() + ".log"), settings);
    }
}
