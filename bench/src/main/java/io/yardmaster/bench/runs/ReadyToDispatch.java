package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.bench.report.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * B1, B2, B3 and B8: the rate at which ready events become assignments that the fleet has, on one partition and one
 * thread with 1,000 active jobs.
 */
public final class ReadyToDispatch implements BenchmarkRun {
    static final String COPY = "copy";
    static final String SHIPPED = "yardmaster";
    static final String SHIPPED_100 = "yardmaster, 100 tasks per event";
    private static final String WIDE = "yardmaster, wide window";
    private static final String STRAIGHTFORWARD = "straightforward";

    static final String CAPACITY = "dispatch.capacity";
    /** So wide that the fleet's commits are no limit. */
    private static final String WIDE_CAPACITY = "1000000";

    private static final String WIDE_NOTE = "dispatch.capacity=" + WIDE_CAPACITY;
    private static final int JOBS = 1_000;
    /** The straightforward scheduler gets this many times fewer events, because it is that much slower. */
    private static final int SLOW = 10;

    @Override
    public List<String> ids() {
        return List.of("B1", "B2", "B3", "B8");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        SuiteOptions options = cluster.options();
        Series<Throughput> series = cluster.interleaved()
                .run("ready to dispatch", sides(options), side -> new ThroughputRound(cluster).run(side));
        if (options.wants("B1")) {
            figures.add(ratio("B1", "ready to dispatch, to the copy", series, SHIPPED, COPY, Target.atLeast(0.75), ""));
            if (!options.quick()) {
                figures.add(ratio("B1.wide", "the same, to the copy", series, WIDE, COPY, null, WIDE_NOTE));
            }
        }
        if (options.wants("B2")) {
            String what = "100 tasks per event, to the copy";
            figures.add(ratio("B2", what, series, SHIPPED_100, COPY, Target.atLeast(1.3), ""));
        }
        if (options.wants("B3")) {
            String what = "ready to dispatch, to the straightforward scheduler";
            figures.add(ratio("B3", what, series, SHIPPED, STRAIGHTFORWARD, Target.atLeast(7), ""));
        }
        if (options.wants("B8")) {
            Sample sample = series.of(SHIPPED, Throughput::changelogBytesEach);
            figures.add(new Figure("B8", "changelog bytes per assignment", sample, Unit.BYTES, Target.atMost(20), ""));
        }
        series.labels().forEach(label -> {
            figures.addAbsolute(label + ", per second", series.of(label, Throughput::perSecond));
            figures.addAbsolute(
                    label + ", CPU seconds per million", series.of(label, Throughput::cpuSecondsPerMillion));
            figures.addAbsolute(label + ", changelog bytes each", series.of(label, Throughput::changelogBytesEach));
        });
    }

    private static List<Side> sides(SuiteOptions options) {
        Workload all = new Workload(options.size(), 1, JOBS);
        List<Side> sides = new ArrayList<>();
        sides.add(Side.of(COPY, Contestant.COPY, all));
        if (options.wants("B1") || options.wants("B3") || options.wants("B8")) {
            sides.add(Side.of(SHIPPED, Contestant.YARDMASTER, all));
        }
        if (options.wants("B1") && !options.quick()) {
            sides.add(Side.of(WIDE, Contestant.YARDMASTER, all).with(CAPACITY, WIDE_CAPACITY));
        }
        if (options.wants("B2")) {
            sides.add(Side.of(SHIPPED_100, Contestant.YARDMASTER, new Workload(options.size(), 100, JOBS)));
        }
        if (options.wants("B3")) {
            Workload part = new Workload(options.size() / SLOW, 1, JOBS);
            sides.add(Side.of(STRAIGHTFORWARD, Contestant.STRAIGHTFORWARD, part));
        }
        return sides;
    }

    private static Figure ratio(
            String key, String what, Series<Throughput> series, String side, String base, Target target, String note) {
        return new Figure(key, what, series.ratio(side, base, Throughput::perSecond), Unit.TIMES, target, note);
    }
}
