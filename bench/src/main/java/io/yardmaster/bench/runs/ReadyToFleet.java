package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Target;
import java.util.List;

/** B9: the time of a task from ready to the fleet when there is little to do. */
public final class ReadyToFleet implements BenchmarkRun {
    private static final int TASKS = 10_000;
    private static final int UNCOUNTED = 3_000;
    private static final int JOBS = 1_000;

    @Override
    public List<String> ids() {
        return List.of("B9");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        Workload workload = new Workload(UNCOUNTED + TASKS, 1, JOBS);
        List<Side> sides = List.of(
                Side.of(ReadyToDispatch.COPY, Contestant.COPY, workload),
                Side.of(ReadyToDispatch.SHIPPED, Contestant.YARDMASTER, workload));
        Series<Latency> series =
                cluster.interleaved().run("latency", sides, side -> new LatencyRound(cluster, UNCOUNTED).run(side));
        figures.add(new Figure(
                "B9.p50",
                "p50 from ready to the fleet, to the copy",
                series.ratio(ReadyToDispatch.SHIPPED, ReadyToDispatch.COPY, Latency::p50),
                Unit.TIMES,
                Target.atMost(1.5),
                "1,000 tasks/s"));
        figures.add(new Figure(
                "B9.p99",
                "p99 from ready to the fleet, to the copy",
                series.ratio(ReadyToDispatch.SHIPPED, ReadyToDispatch.COPY, Latency::p99),
                Unit.TIMES,
                Target.atMost(1.5),
                "1,000 tasks/s"));
        for (Side side : sides) {
            figures.addAbsolute(side.label() + ", p50 in ms", series.of(side.label(), Latency::p50));
            figures.addAbsolute(side.label() + ", p99 in ms", series.of(side.label(), Latency::p99));
        }
    }
}
