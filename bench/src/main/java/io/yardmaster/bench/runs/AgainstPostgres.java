package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.bench.report.Target;
import java.util.Comparator;
import java.util.List;

/**
 * B4: from the sender to done, sender and workers running at once, against queues in PostgreSQL. SKIP LOCKED gets a
 * hundred tasks with each transaction, so it is compared with events of one task and with events of a hundred.
 */
public final class AgainstPostgres implements BenchmarkRun {
    private static final String SKIP_LOCKED = "SKIP LOCKED";
    private static final String DB_SCHEDULER = "db-scheduler";
    private static final List<Integer> THREADS = List.of(2, 10, 20);
    private static final String SYNC_NOTE = "PostgreSQL syncs each commit to disk, Kafka does not";
    private static final int JOBS = 1_000;

    @Override
    public List<String> ids() {
        return List.of("B4");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        SuiteOptions options = cluster.options();
        Workload all = new Workload(options.size(), 1, JOBS);
        Workload tenth = new Workload(options.size() / 10, 1, JOBS);
        Side best = bestDbScheduler(cluster, new Workload(options.size() / 50, 1, JOBS));
        List<Side> sides = List.of(
                Side.of(ReadyToDispatch.COPY, Contestant.COPY, all).sentLive(),
                Side.of(ReadyToDispatch.SHIPPED, Contestant.YARDMASTER, all).sentLive(),
                Side.of(ReadyToDispatch.SHIPPED_100, Contestant.YARDMASTER, new Workload(options.size(), 100, JOBS))
                        .sentLive(),
                Side.of(SKIP_LOCKED, Contestant.SKIP_LOCKED, tenth),
                best);
        Series<Throughput> series = cluster.interleaved().run("enqueue to done", sides, side -> round(cluster, side));
        Target six = Target.atLeast(6);
        String toSkipLocked = "enqueue to done, to " + SKIP_LOCKED;
        figures.add(ratio("B4.skip-locked", toSkipLocked, series, ReadyToDispatch.SHIPPED, SKIP_LOCKED, six));
        String hundreds = "the same, 100 tasks per event";
        figures.add(ratio("B4.skip-locked-100", hundreds, series, ReadyToDispatch.SHIPPED_100, SKIP_LOCKED, six));
        String toDbScheduler = "enqueue to done, to " + best.label();
        figures.add(ratio(
                "B4.db-scheduler", toDbScheduler, series, ReadyToDispatch.SHIPPED, best.label(), Target.atLeast(20)));
        series.labels()
                .forEach(label -> figures.addAbsolute(
                        "enqueue to done, " + label + ", per second", series.of(label, Throughput::perSecond)));
    }

    private static Figure ratio(
            String key, String what, Series<Throughput> series, String side, String queue, Target target) {
        Sample sample = series.ratio(side, queue, Throughput::perSecond);
        return new Figure(key, what, sample, Unit.TIMES, target, SYNC_NOTE);
    }

    private static Throughput round(BenchCluster cluster, Side side) {
        return QueueRound.isFor(side) ? new QueueRound(cluster).run(side) : new ThroughputRound(cluster).run(side);
    }

    /** The number of threads that is fastest on this machine, after one round to warm up its code. */
    private static Side bestDbScheduler(BenchCluster cluster, Workload workload) {
        List<Side> candidates = THREADS.stream()
                .map(threads -> Side.of(
                                DB_SCHEDULER + " with " + threads + " threads", Contestant.DB_SCHEDULER, workload)
                        .with(QueueRound.THREADS, threads.toString()))
                .toList();
        Series<Throughput> series = new Interleaved(1, 1, cluster.progress())
                .run("which thread count", candidates, side -> round(cluster, side));
        return candidates.stream()
                .max(Comparator.comparingDouble(
                        side -> series.of(side.label(), Throughput::perSecond).median()))
                .orElseThrow();
    }
}
