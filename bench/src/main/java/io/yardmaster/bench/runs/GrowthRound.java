package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.StreamsContestant;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.Drain;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.load.WorkloadSender;
import io.yardmaster.bench.process.ChildJvm;
import java.util.Map;

/**
 * Buffers tasks behind a full window, then takes the time in which a number of further events is taken in and as many
 * assignments are dispatched, so that as many are buffered at the end as at the beginning.
 */
final class GrowthRound {
    private static final int LINGER_MILLIS = 5;

    private final BenchCluster cluster;
    private final Workload buffered;
    private final int capacity;

    GrowthRound(BenchCluster cluster, Workload buffered, int capacity) {
        this.cluster = cluster;
        this.buffered = buffered;
        this.capacity = capacity;
    }

    Throughput run(Side side) {
        ChildJvm jvm = cluster.jvm(side);
        Workload more = side.workload();
        try (BenchTopics topics = cluster.newTopics(side.contestant(), side.partitions());
                WorkloadSender filler =
                        WorkloadSender.visible(cluster.bootstrapServers(), topics.ready(), LINGER_MILLIS);
                WorkloadSender sender = WorkloadSender.gated(cluster.bootstrapServers(), topics.ready())) {
            filler.sendAll(buffered);
            sender.sendAll(more);
            jvm.call(StreamsContestant.START, cluster.settings(topics, side.settings()));
            try (Drain drain = new Drain(cluster.bootstrapServers(), topics.dispatch(), topics.group())) {
                topics.awaitTakenIn(buffered.events(), ThroughputRound.PATIENCE);
                long start = System.nanoTime();
                sender.open();
                drain.takeUntil(Math.min(capacity, buffered.tasks()) + more.tasks(), ThroughputRound.PATIENCE);
                topics.awaitTakenIn(buffered.events() + more.events(), ThroughputRound.PATIENCE);
                return new Throughput(more.tasks() * 1e9 / (System.nanoTime() - start), Double.NaN, 0);
            } finally {
                jvm.call(StreamsContestant.STOP, Map.of());
                StateDirectory.delete(cluster.stateDirectory(topics));
            }
        }
    }
}
