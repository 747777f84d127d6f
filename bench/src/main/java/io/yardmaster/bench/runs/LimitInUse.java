package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Target;
import java.util.List;

/** B25: the use of a limit that many shards divide among them, while tasks without end wait for it. */
public final class LimitInUse implements BenchmarkRun {
    private static final String ID = "B25";
    private static final int SHARDS = 16;

    @Override
    public List<String> ids() {
        return List.of(ID);
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        Side side = Side.of(ReadyToDispatch.SHIPPED, Contestant.YARDMASTER, new Workload(1, 1, 1))
                .withPartitions(SHARDS);
        Series<LimitUsed> series =
                cluster.interleaved(0).run("limit", List.of(side), each -> new LimitRound(cluster).run(each));
        String what = "a limit of %s over %s shards".formatted(LimitRound.CAPACITY, SHARDS);
        String tasks = "tasks of %s ms".formatted(LimitRound.TASK.toMillis());
        figures.add(new Figure(
                ID,
                what + ", in use",
                series.of(side.label(), LimitUsed::mean),
                Unit.PERCENT,
                Target.atLeast(95),
                tasks));
        figures.add(new Figure(
                ID + ".most",
                what + ", tasks that run at once",
                series.of(side.label(), LimitUsed::most),
                Unit.PERCENT,
                Target.atMost(100),
                tasks));
        figures.addAbsolute("B25, tasks per second", series.of(side.label(), LimitUsed::perSecond));
    }
}
