package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Target;
import java.util.List;
import java.util.Locale;

/** B11: the time of a start on wiped state with many tasks buffered, against none. */
public final class Restart implements BenchmarkRun {
    private static final int JOBS = 1_000;
    private static final int TASKS_PER_EVENT = 1_000;
    private static final String EMPTY = "restart with nothing buffered";

    @Override
    public List<String> ids() {
        return List.of("B11");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        long tasks = Math.max(1, cluster.options().buffered() / (JOBS * TASKS_PER_EVENT)) * JOBS * TASKS_PER_EVENT;
        String full = String.format(Locale.ROOT, "restart with %,d tasks buffered", tasks);
        List<Side> sides = List.of(
                Side.of(EMPTY, Contestant.YARDMASTER, new Workload(0, 1, JOBS)),
                Side.of(full, Contestant.YARDMASTER, new Workload(tasks, TASKS_PER_EVENT, JOBS)));
        Series<Seconds> series =
                cluster.interleaved().run("restart", sides, side -> new RestartRound(cluster).run(side));
        figures.add(new Figure(
                "B11",
                String.format(Locale.ROOT, "first assignment on wiped state, %,d buffered, to none", tasks),
                series.ratio(full, EMPTY, Seconds::seconds),
                Unit.TIMES,
                Target.atMost(2),
                String.format(Locale.ROOT, "%,d jobs", JOBS)));
        sides.forEach(
                side -> figures.addAbsolute(side.label() + ", seconds", series.of(side.label(), Seconds::seconds)));
    }
}
