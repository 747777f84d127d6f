package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Target;
import java.util.List;

/** B14: the part of a consumer group's slots that is in use while tasks wait, if a few tasks are far longer than the others. */
public final class SlotsInUse implements BenchmarkRun {
    private static final int JOBS = 100;
    private static final int TASKS = 40_000;
    private static final int PARTITIONS = 4;

    @Override
    public List<String> ids() {
        return List.of("B14");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        Side side = Side.of(ReadyToDispatch.SHIPPED, Contestant.YARDMASTER, new Workload(TASKS, 1, JOBS))
                .withPartitions(PARTITIONS);
        Series<SlotUse> series =
                cluster.interleaved(0).run("slots", List.of(side), each -> new SlotsRound(cluster).run(each));
        figures.add(new Figure(
                "B14",
                "slots in use while tasks wait",
                series.of(side.label(), SlotUse::percent),
                Unit.PERCENT,
                Target.atLeast(95),
                "tasks of 10 ms, 1 % of 1 s"));
    }
}
