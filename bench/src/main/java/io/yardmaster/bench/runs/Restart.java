package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
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
        StartComparison starts = new StartComparison(
                Side.of(EMPTY, Contestant.YARDMASTER, new Workload(0, 1, JOBS)),
                Side.of(full, Contestant.YARDMASTER, new Workload(tasks, TASKS_PER_EVENT, JOBS)));
        starts.addTo(
                figures,
                "B11",
                String.format(Locale.ROOT, "first assignment on wiped state, %,d buffered, to none", tasks),
                cluster.interleaved().run("restart", starts.sides(), side -> new RestartRound(cluster).run(side)),
                Target.atMost(2),
                String.format(Locale.ROOT, "%,d jobs", JOBS));
    }
}
