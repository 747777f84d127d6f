package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.StreamsContestant;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.Drain;
import io.yardmaster.bench.load.WorkloadSender;
import io.yardmaster.bench.process.ChildJvm;
import java.time.Duration;
import java.util.Map;

/**
 * Starts an application on fresh topics, lets all events be read at one moment, and takes the time from there until the
 * fleet has the last assignment.
 */
final class ThroughputRound {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LIVE_LINGER_MILLIS = 5;
    /** The size of a batch that holds only the marker of a commit. */
    private static final int MARKER_BYTES = 78;

    private final BenchCluster cluster;

    ThroughputRound(BenchCluster cluster) {
        this.cluster = cluster;
    }

    Throughput run(Side side) {
        ChildJvm jvm = cluster.jvm(side);
        try (BenchTopics topics = cluster.newTopics(side.contestant(), side.partitions());
                WorkloadSender sender = sender(side, topics)) {
            if (!side.live()) {
                sender.sendAll(side.workload());
            }
            jvm.call(StreamsContestant.START, cluster.settings(topics, side.settings()));
            try (Drain drain = new Drain(cluster.bootstrapServers(), topics.dispatch(), topics.group())) {
                return measure(side, jvm, topics, sender, drain);
            } finally {
                jvm.call(StreamsContestant.STOP, Map.of());
                StateDirectory.delete(cluster.stateDirectory(topics));
            }
        }
    }

    private WorkloadSender sender(Side side, BenchTopics topics) {
        return side.live()
                ? WorkloadSender.visible(cluster.bootstrapServers(), topics.ready(), LIVE_LINGER_MILLIS)
                : WorkloadSender.gated(cluster.bootstrapServers(), topics.ready());
    }

    private static Throughput measure(Side side, ChildJvm jvm, BenchTopics topics, WorkloadSender sender, Drain drain) {
        long tasks = side.workload().tasks();
        long cpuBefore = cpuNanos(jvm);
        long start = System.nanoTime();
        Background sending = null;
        if (side.live()) {
            sending = Background.start("sender", () -> sender.sendAll(side.workload()));
        } else {
            sender.open();
        }
        long end = drain.takeUntil(tasks, PATIENCE);
        long cpu = cpuNanos(jvm) - cpuBefore;
        if (sending != null) {
            sending.join();
        }
        return new Throughput(
                tasks * 1e9 / (end - start), cpu / 1e9 / (tasks / 1e6), changelogBytes(jvm, topics) / tasks);
    }

    static long cpuNanos(ChildJvm jvm) {
        return Long.parseLong(jvm.call(StreamsContestant.CPU, Map.of()).get(StreamsContestant.CPU_NANOS));
    }

    private static double changelogBytes(ChildJvm jvm, BenchTopics topics) {
        Map<String, String> sent = jvm.call(StreamsContestant.CHANGELOG, Map.of());
        double records = Double.parseDouble(sent.get(StreamsContestant.CHANGELOG_RECORDS));
        double markers = records == 0 ? 0 : Math.max(0, topics.changelogOffsets() - records);
        return Double.parseDouble(sent.get(StreamsContestant.CHANGELOG_BYTES)) + markers * MARKER_BYTES;
    }
}
