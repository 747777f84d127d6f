package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Target;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** B9: the time of a task from ready to the fleet when there is little to do. */
public final class ReadyToFleet implements BenchmarkRun {
    private static final int JOBS = 1_000;
    private static final int COUNTED_SECONDS = 10;
    private static final int UNCOUNTED_SECONDS = 3;

    @Override
    public List<String> ids() {
        return List.of("B9");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        run(cluster, figures, 1_000, "");
        run(cluster, figures, 100, ".slow");
    }

    private static void run(BenchCluster cluster, Figures figures, int perSecond, String suffix) {
        int uncounted = UNCOUNTED_SECONDS * perSecond;
        Workload workload = new Workload(uncounted + COUNTED_SECONDS * perSecond, 1, JOBS);
        String note = String.format(Locale.ROOT, "%,d tasks/s", perSecond);
        List<Side> sides = List.of(
                Side.of(ReadyToDispatch.COPY, Contestant.COPY, workload),
                Side.of(ReadyToDispatch.SHIPPED, Contestant.YARDMASTER, workload));
        Series<Latency> series = cluster.interleaved()
                .run("latency at " + note, sides, side -> new LatencyRound(cluster, perSecond, uncounted).run(side));
        figures.add(figure(series, "p50", suffix, Latency::p50, 0.5, note));
        figures.add(figure(series, "p99", suffix, Latency::p99, 0.8, note));
        for (Side side : sides) {
            String label = side.label() + ", " + note;
            figures.addAbsolute(label + ", p50 in ms", series.of(side.label(), Latency::p50));
            figures.addAbsolute(label + ", p99 in ms", series.of(side.label(), Latency::p99));
        }
    }

    private static Figure figure(
            Series<Latency> series,
            String quantile,
            String suffix,
            ToDoubleFunction<Latency> value,
            double target,
            String note) {
        return new Figure(
                "B9." + quantile + suffix,
                quantile + " from ready to the fleet, to the copy",
                series.ratio(ReadyToDispatch.SHIPPED, ReadyToDispatch.COPY, value),
                Unit.TIMES,
                Target.atMost(target),
                note);
    }
}
