package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Target;
import java.util.List;
import java.util.Locale;

/** B20: the time of a start after kill -9 with many tasks of graphs under way, against one with none. */
public final class GraphsKilled implements BenchmarkRun {
    private static final int JOBS = 1_000;
    private static final int MOST_TASKS_OF_A_JOB = 1_000;
    private static final String EMPTY = "kill -9 with nothing under way";

    @Override
    public List<String> ids() {
        return List.of("B20");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        int tasksOfAJob = (int) Math.min(MOST_TASKS_OF_A_JOB, cluster.options().buffered() / JOBS);
        long tasks = (long) JOBS * tasksOfAJob;
        String full = String.format(Locale.ROOT, "kill -9 with %,d tasks of graphs under way", tasks);
        List<Side> sides = List.of(
                Side.of(EMPTY, Contestant.YARDMASTER, new Workload(0, 1, JOBS)),
                Side.of(full, Contestant.YARDMASTER, new Workload(tasks, tasksOfAJob, JOBS)));
        Series<Seconds> series =
                cluster.interleaved(0).run("killed graphs", sides, side -> new GraphsKilledRound(cluster).run(side));
        figures.add(new Figure(
                "B20",
                String.format(Locale.ROOT, "first assignment after kill -9, %,d tasks of graphs, to none", tasks),
                series.ratio(full, EMPTY, Seconds::seconds),
                Unit.TIMES,
                Target.atMost(1.5),
                String.format(Locale.ROOT, "%,d jobs of two stages, in a JVM that starts anew", JOBS)));
        sides.forEach(
                side -> figures.addAbsolute(side.label() + ", seconds", series.of(side.label(), Seconds::seconds)));
    }
}
