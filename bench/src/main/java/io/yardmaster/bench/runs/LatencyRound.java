package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.contestants.StreamsContestant;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.Drain;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.load.WorkloadReader;
import io.yardmaster.bench.load.WorkloadSender;
import io.yardmaster.bench.process.ChildJvm;
import io.yardmaster.bench.report.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Sends events at an even pace and measures the time of each to the fleet. */
final class LatencyRound {
    private final BenchCluster cluster;
    private final long paceNanos;
    private final int uncounted;

    /** The first {@code uncounted} tasks are sent like the others and then forgotten. */
    LatencyRound(BenchCluster cluster, int perSecond, int uncounted) {
        this.cluster = cluster;
        this.paceNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.uncounted = uncounted;
    }

    Latency run(Side side) {
        ChildJvm jvm = cluster.jvm(side);
        try (BenchTopics topics = cluster.newTopics(side.contestant(), side.partitions());
                WorkloadSender sender = WorkloadSender.visible(cluster.bootstrapServers(), topics.ready(), 0)) {
            jvm.call(StreamsContestant.START, cluster.settings(topics, side.settings()));
            try (Drain drain = new Drain(cluster.bootstrapServers(), topics.dispatch(), topics.group())) {
                return measure(side, sender, drain);
            } finally {
                jvm.call(StreamsContestant.STOP, Map.of());
                StateDirectory.delete(cluster.stateDirectory(topics));
            }
        }
    }

    private Latency measure(Side side, WorkloadSender sender, Drain drain) {
        Workload workload = side.workload();
        int tasks = Math.toIntExact(workload.tasks());
        AtomicLongArray sentAt = new AtomicLongArray(tasks);
        Arrivals arrivals = new Arrivals(side, tasks);
        Background sending = Background.start("sender", () -> send(workload, sender, sentAt));
        drain.takeUntil(tasks, ThroughputRound.PATIENCE, arrivals::add);
        sending.join();
        List<Double> millis = new ArrayList<>();
        for (int task = uncounted; task < tasks; task++) {
            millis.add((arrivals.at[task] - sentAt.get(task)) / 1e6);
        }
        Sample sample = new Sample(millis);
        return new Latency(sample.median(), sample.quantile(0.99));
    }

    private void send(Workload workload, WorkloadSender sender, AtomicLongArray sentAt) {
        long start = System.nanoTime();
        for (int task = 0; task < sentAt.length(); task++) {
            for (long now = System.nanoTime(), due = start + task * paceNanos; now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            sentAt.set(task, System.nanoTime());
            sender.send(workload.event(task));
        }
        sender.flush();
    }

    /** The arrival time of each task. The copy keeps the order; a scheduler need not. */
    private static final class Arrivals {
        private final long[] at;
        private final Workload workload;
        private final WorkloadReader reader;
        private int count;

        private Arrivals(Side side, int tasks) {
            at = new long[tasks];
            workload = side.workload();
            reader = side.contestant() == Contestant.COPY ? null : new WorkloadReader();
        }

        private void add(ConsumerRecord<byte[], byte[]> record) {
            int task = count++;
            if (reader != null) {
                task = Math.toIntExact(reader.event(workload, record));
            }
            at[task] = System.nanoTime();
        }
    }
}
