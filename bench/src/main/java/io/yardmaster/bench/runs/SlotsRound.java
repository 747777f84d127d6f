package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.StreamsContestant;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.MixedFleet;
import io.yardmaster.bench.load.WorkloadSender;
import io.yardmaster.bench.process.ChildJvm;
import java.util.Map;

/** Runs a backlog on execution managers, and takes the part of their slots' time that is used while many tasks still wait. */
final class SlotsRound {
    private static final int MEMBERS = 4;
    private static final int SLOTS_EACH = 8;
    private static final int LINGER_MILLIS = 5;
    private static final double FROM = 0.2;
    private static final double TO = 0.8;

    private final BenchCluster cluster;

    SlotsRound(BenchCluster cluster) {
        this.cluster = cluster;
    }

    /** The part of the slots that is in use, in percent. */
    SlotUse run(Side side) {
        ChildJvm jvm = cluster.jvm(side);
        long tasks = side.workload().tasks();
        try (BenchTopics topics = cluster.newTopics(side.contestant(), side.partitions());
                WorkloadSender sender =
                        WorkloadSender.visible(cluster.bootstrapServers(), topics.ready(), LINGER_MILLIS)) {
            sender.sendAll(side.workload());
            Map<String, String> settings = cluster.settings(topics, side.settings());
            jvm.call(StreamsContestant.START, settings);
            try (MixedFleet fleet = new MixedFleet(settings, MEMBERS, SLOTS_EACH)) {
                MixedFleet.Use first = fleet.awaitBegun((long) (FROM * tasks), ThroughputRound.PATIENCE);
                MixedFleet.Use last = fleet.awaitBegun((long) (TO * tasks), ThroughputRound.PATIENCE);
                double busy = last.busyNanos() - first.busyNanos();
                return new SlotUse(100 * busy / fleet.slots() / (last.at() - first.at()));
            } finally {
                jvm.call(StreamsContestant.STOP, Map.of());
                StateDirectory.delete(cluster.stateDirectory(topics));
            }
        }
    }
}
