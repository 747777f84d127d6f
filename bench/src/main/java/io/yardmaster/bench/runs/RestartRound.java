package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.StreamsContestant;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.Drain;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.load.WorkloadSender;
import io.yardmaster.bench.process.ChildJvm;
import java.nio.file.Path;
import java.util.Map;

/**
 * Stops an application, wipes its local state, lets the fleet take all dispatched assignments, and takes the time from
 * the next start until the first assignment. One more event waits for it, in case nothing is buffered.
 */
final class RestartRound {
    private static final int LINGER_MILLIS = 5;

    private final BenchCluster cluster;

    RestartRound(BenchCluster cluster) {
        this.cluster = cluster;
    }

    Seconds run(Side side) {
        ChildJvm jvm = cluster.jvm(side);
        Workload buffered = side.workload();
        try (BenchTopics topics = cluster.newTopics(side.contestant(), side.partitions());
                WorkloadSender sender =
                        WorkloadSender.visible(cluster.bootstrapServers(), topics.ready(), LINGER_MILLIS);
                Drain drain = new Drain(cluster.bootstrapServers(), topics.dispatch(), topics.group())) {
            Map<String, String> settings = cluster.settings(topics, side.settings());
            Path state = cluster.stateDirectory(topics);
            sender.sendAll(buffered);
            jvm.call(StreamsContestant.START, settings);
            try {
                topics.awaitTakenIn(buffered.events(), ThroughputRound.PATIENCE);
            } finally {
                jvm.call(StreamsContestant.STOP, Map.of());
                StateDirectory.delete(state);
            }
            drain.takeAll();
            Workload one = new Workload(1, 1, 1, Math.toIntExact(buffered.tasks()));
            sender.sendAll(one);
            try {
                return StartComparison.untilFirst(drain, () -> jvm.call(StreamsContestant.START, settings));
            } finally {
                jvm.call(StreamsContestant.STOP, Map.of());
                StateDirectory.delete(state);
            }
        }
    }
}
