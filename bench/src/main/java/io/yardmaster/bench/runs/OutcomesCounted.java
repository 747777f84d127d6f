package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Target;
import java.util.List;

/** B12: assignments and the outcomes of all of them at the same time, on one shard, against as many records of the copy. */
public final class OutcomesCounted implements BenchmarkRun {
    private static final int JOBS = 1_000;
    private static final String WITH_OUTCOMES = "yardmaster, with outcomes";

    @Override
    public List<String> ids() {
        return List.of("B12");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        long tasks = cluster.options().size() / 2 / JOBS * JOBS;
        List<Side> sides = List.of(
                Side.of(ReadyToDispatch.COPY, Contestant.COPY, new Workload(2 * tasks, 1, JOBS)),
                Side.of(WITH_OUTCOMES, Contestant.YARDMASTER, new Workload(tasks, 1, JOBS)));
        Series<Throughput> series = cluster.interleaved()
                .run(
                        "outcomes",
                        sides,
                        side -> side.contestant() == Contestant.COPY
                                ? new ThroughputRound(cluster).run(side)
                                : new OutcomeRound(cluster).run(side));
        figures.add(new Figure(
                "B12",
                "assignments and outcomes, to the copy",
                series.ratio(WITH_OUTCOMES, ReadyToDispatch.COPY, Throughput::perSecond),
                Unit.TIMES,
                Target.atLeast(0.6),
                "an outcome for each assignment"));
        series.labels()
                .forEach(label ->
                        figures.addAbsolute("B12, " + label + ", per second", series.of(label, Throughput::perSecond)));
    }
}
