package io.yardmaster.bench.runs;

import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.contestants.StreamsContestant;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.Drain;
import io.yardmaster.bench.load.OutcomeSender;
import io.yardmaster.bench.load.WorkloadSender;
import io.yardmaster.bench.process.ChildJvm;
import java.util.Map;

/**
 * Lets all events be read at one moment, and takes the time from there until the fleet has the last assignment and the
 * scheduler has counted the last outcome. The fleet writes an outcome for each assignment before it commits it.
 */
public final class OutcomeRound {
    private final BenchCluster cluster;

    OutcomeRound(BenchCluster cluster) {
        this.cluster = cluster;
    }

    Throughput run(Side side) {
        ChildJvm jvm = cluster.jvm(side);
        try (BenchTopics topics = cluster.newTopics(side.contestant(), side.partitions());
                WorkloadSender sender = WorkloadSender.gated(cluster.bootstrapServers(), topics.ready())) {
            sender.sendAll(side.workload());
            jvm.call(StreamsContestant.START, cluster.settings(topics, side.settings()));
            try (Drain drain = new Drain(cluster.bootstrapServers(), topics.dispatch(), topics.group());
                    OutcomeSender outcomes = new OutcomeSender(cluster.bootstrapServers(), topics.outcomes())) {
                return measure(side.workload().tasks(), jvm, topics, sender, drain, outcomes);
            } finally {
                jvm.call(StreamsContestant.STOP, Map.of());
                StateDirectory.delete(cluster.stateDirectory(topics));
            }
        }
    }

    private static Throughput measure(
            long tasks, ChildJvm jvm, BenchTopics topics, WorkloadSender sender, Drain drain, OutcomeSender outcomes) {
        long cpuBefore = ThroughputRound.cpuNanos(jvm);
        long start = System.nanoTime();
        sender.open();
        outcomes.answer(drain, tasks, ThroughputRound.PATIENCE, assignment -> {});
        topics.awaitOutcomesRead(tasks, ThroughputRound.PATIENCE);
        long end = System.nanoTime();
        long cpu = ThroughputRound.cpuNanos(jvm) - cpuBefore;
        requireCounted(tasks, jvm);
        long both = 2 * tasks;
        return new Throughput(both * 1e9 / (end - start), cpu / 1e9 / (both / 1e6), 0);
    }

    /**
     * An outcome that was read and dropped would be cheaper than one that counts.
     *
     * @throws BenchException unless the scheduler in this JVM has counted so many
     */
    public static void requireCounted(long tasks, ChildJvm jvm) {
        String counted = jvm.call(StreamsContestant.OUTCOMES, Map.of()).get(StreamsContestant.OUTCOMES_COUNTED);
        if (Long.parseLong(counted) != tasks) {
            throw new BenchException(counted + " outcomes of " + tasks + " were counted");
        }
    }
}
