package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.StreamsContestant;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.Drain;
import io.yardmaster.bench.load.GraphSubmitter;
import io.yardmaster.bench.load.OutcomeSender;
import io.yardmaster.bench.process.ChildJvm;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Submits graphs, and takes the time from there until the scheduler has counted the last outcome. The fleet writes an outcome
 * for each assignment at once.
 */
final class GraphRound {
    private final BenchCluster cluster;

    GraphRound(BenchCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * One round.
     *
     * @param tasks of all graphs together
     * @param graphs sends them
     */
    Throughput run(Side side, long tasks, Consumer<GraphSubmitter> graphs) {
        ChildJvm jvm = cluster.jvm(side);
        try (BenchTopics topics = cluster.newTopics(side.contestant(), side.partitions());
                GraphSubmitter sender = new GraphSubmitter(cluster.bootstrapServers(), topics.graphs())) {
            jvm.call(StreamsContestant.START, cluster.settings(topics, side.settings()));
            try (Drain drain = new Drain(cluster.bootstrapServers(), topics.dispatch(), topics.group());
                    OutcomeSender outcomes = new OutcomeSender(cluster.bootstrapServers(), topics.outcomes())) {
                long cpuBefore = ThroughputRound.cpuNanos(jvm);
                long start = System.nanoTime();
                Background sending = Background.start("graphs", () -> {
                    graphs.accept(sender);
                    sender.flush();
                });
                outcomes.answer(drain, tasks, ThroughputRound.PATIENCE, assignment -> {});
                topics.awaitOutcomesRead(tasks, ThroughputRound.PATIENCE);
                long end = System.nanoTime();
                sending.join();
                OutcomeRound.requireCounted(tasks, jvm);
                double cpu = (ThroughputRound.cpuNanos(jvm) - cpuBefore) / 1e9;
                return new Throughput(tasks * 1e9 / (end - start), cpu / (tasks / 1e6), 0);
            } finally {
                jvm.call(StreamsContestant.STOP, Map.of());
                StateDirectory.delete(cluster.stateDirectory(topics));
            }
        }
    }
}
