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
 * B1, B2, B3 and B8: how fast ready events become assignments that the fleet has, on one partition and one thread with
 * 1,000 active jobs.
 */
public final class ReadyToDispatch implements BenchmarkRun {
    static final String COPY = "copy";
    static final String SHIPPED = "yardmaster";
    static final String WIDE = "yardmaster, wide window";
    private static final String STRAIGHTFORWARD = "straightforward";
    private static final String SHIPPED_100 = "yardmaster, 100 tasks per event";
    private static final String WIDE_100 = "yardmaster, 100 tasks per event, wide window";

    static final String CAPACITY = "dispatch.capacity";
    /** So wide that the fleet's commits are not what is measured. */
    static final String WIDE_CAPACITY = "1000000";

    static final String WIDE_NOTE = "dispatch.capacity=" + WIDE_CAPACITY;
    private static final int JOBS = 1_000;
    private static final int SLOW = 10;

    @Override
    public List<String> ids() {
        return List.of("B1", "B2", "B3", "B8");
    }

    @Override
    public void run(Yard yard, Figures figures) {
        Options options = yard.options();
        Series<Throughput> series = yard.interleaved()
                .run("ready to dispatch", sides(options), side -> new ThroughputRound(yard).run(side));
        if (options.wants("B1")) {
            figures.add(ratio("B1", "ready to dispatch, to the copy", series, SHIPPED, COPY, 0.75, "default window"));
            figures.add(ratio("B1.wide", "ready to dispatch, to the copy", series, WIDE, COPY, 0.75, WIDE_NOTE));
        }
        if (options.wants("B2")) {
            String what = "100 tasks per event, to the copy";
            if (!options.quick()) {
                figures.add(ratio("B2", what, series, SHIPPED_100, COPY, 1.3, "default window"));
            }
            figures.add(ratio("B2.wide", what, series, WIDE_100, COPY, 1.3, WIDE_NOTE));
        }
        if (options.wants("B3")) {
            String what = "ready to dispatch, to the straightforward scheduler";
            figures.add(ratio("B3", what, series, SHIPPED, STRAIGHTFORWARD, 7, "default window"));
            figures.add(ratio("B3.wide", what, series, WIDE, STRAIGHTFORWARD, 7, WIDE_NOTE));
        }
        if (options.wants("B8")) {
            figures.add(changelog("B8", series, SHIPPED, "default window"));
            figures.add(changelog("B8.wide", series, WIDE, WIDE_NOTE));
        }
        series.labels().forEach(label -> {
            figures.addAbsolute(label + ", per second", series.of(label, Throughput::perSecond));
            figures.addAbsolute(
                    label + ", CPU seconds per million", series.of(label, Throughput::cpuSecondsPerMillion));
            figures.addAbsolute(label + ", changelog bytes each", series.of(label, Throughput::changelogBytesEach));
        });
    }

    private static List<Side> sides(Options options) {
        Workload all = new Workload(options.size(), 1, JOBS);
        Workload part = new Workload(options.size() / SLOW, 1, JOBS);
        List<Side> sides = new ArrayList<>();
        sides.add(Side.of(COPY, Contestant.COPY, all));
        if (options.wants("B1") || options.wants("B3") || options.wants("B8")) {
            sides.add(Side.of(SHIPPED, Contestant.YARDMASTER, part));
            sides.add(Side.of(WIDE, Contestant.YARDMASTER, all).with(CAPACITY, WIDE_CAPACITY));
        }
        if (options.wants("B2")) {
            Workload batches = new Workload(options.size(), 100, JOBS);
            if (!options.quick()) {
                sides.add(Side.of(SHIPPED_100, Contestant.YARDMASTER, new Workload(options.size() / SLOW, 100, JOBS)));
            }
            sides.add(Side.of(WIDE_100, Contestant.YARDMASTER, batches).with(CAPACITY, WIDE_CAPACITY));
        }
        if (options.wants("B3")) {
            sides.add(Side.of(STRAIGHTFORWARD, Contestant.STRAIGHTFORWARD, part));
        }
        return sides;
    }

    private static Figure ratio(
            String key, String what, Series<Throughput> series, String side, String base, double bound, String note) {
        return new Figure(
                key, what, series.ratio(side, base, Throughput::perSecond), Unit.TIMES, Target.atLeast(bound), note);
    }

    private static Figure changelog(String key, Series<Throughput> series, String side, String note) {
        Sample sample = series.of(side, Throughput::changelogBytesEach);
        return new Figure(key, "changelog bytes per assignment", sample, Unit.BYTES, Target.atMost(20), note);
    }
}
