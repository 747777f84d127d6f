package io.yardmaster.bench.runs;

import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.contestants.StreamsContestant;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.EvenFleet;
import io.yardmaster.bench.load.GraphSubmitter;
import io.yardmaster.bench.load.PolicySender;
import io.yardmaster.bench.process.ChildJvm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs tasks without end that all need a unit of one limit, and looks again and again how much of it is in use. */
final class LimitRound {
    static final int CAPACITY = 100;
    static final Duration TASK = Duration.ofMillis(50);

    private static final String LIMIT = "licence";
    /** So many that each of some shards has one. */
    private static final int JOBS = 200;

    private static final int TASKS = 100_000;
    /** More slots than the limit has units, and far more than it has for each member. */
    private static final int MEMBERS = 4;

    private static final int SLOTS_EACH = 64;
    private static final Duration WARMUP = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(50);

    private final BenchCluster cluster;

    LimitRound(BenchCluster cluster) {
        this.cluster = cluster;
    }

    LimitUsed run(Side side) {
        ChildJvm jvm = cluster.jvm(side);
        String servers = cluster.bootstrapServers();
        try (BenchTopics topics = cluster.newTopics(side.contestant(), side.partitions());
                GraphSubmitter sender = new GraphSubmitter(servers, topics.graphs())) {
            PolicySender.limit(servers, topics.policy(), LIMIT, CAPACITY);
            Map<String, String> settings = cluster.settings(topics, side.settings());
            jvm.call(StreamsContestant.START, settings);
            try (EvenFleet fleet = new EvenFleet(settings, MEMBERS, SLOTS_EACH, TASK)) {
                for (long job = 1; job <= JOBS; job++) {
                    sender.send(job, List.of(GraphSubmitter.limited("all", TASKS, LIMIT)));
                }
                sender.flush();
                awaitAll(fleet);
                pass(WARMUP);
                return measure(jvm, fleet);
            } finally {
                jvm.call(StreamsContestant.STOP, Map.of());
                StateDirectory.delete(cluster.stateDirectory(topics));
            }
        }
    }

    private static void awaitAll(EvenFleet fleet) {
        long start = System.nanoTime();
        while (fleet.ended() < CAPACITY) {
            if (System.nanoTime() - start > ThroughputRound.PATIENCE.toNanos()) {
                throw new BenchException("%s tasks have ended after %s s"
                        .formatted(fleet.ended(), ThroughputRound.PATIENCE.toSeconds()));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static LimitUsed measure(ChildJvm jvm, EvenFleet fleet) {
        long begin = System.nanoTime();
        long ended = fleet.ended();
        long units = 0;
        long looks = 0;
        while (System.nanoTime() - begin < MEASURED.toNanos()) {
            Map<String, String> use =
                    jvm.call(StreamsContestant.LIMIT, Map.of(StreamsContestant.LIMIT_KEY, "limit/" + LIMIT));
            units += Long.parseLong(use.get(StreamsContestant.LIMIT_USED));
            looks++;
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new LimitUsed(
                100.0 * units / looks / CAPACITY, 100.0 * fleet.most() / CAPACITY, (fleet.ended() - ended) / seconds);
    }
}
