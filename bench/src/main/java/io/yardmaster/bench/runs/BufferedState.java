package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Target;
import io.yardmaster.schemas.TaskReady;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/** B7: the bytes of a buffered task in heap, RocksDB and changelog. */
public final class BufferedState implements BenchmarkRun {
    private static final String CONTIGUOUS = "contiguous";
    private static final String RANDOM = "random order";
    /** So few that the jobs of both halves of a round fit into the pool of active jobs. */
    private static final int JOBS = 500;

    private static final long SEED = 42;

    @Override
    public List<String> ids() {
        return List.of("B7");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        Workload contiguous = workload(cluster.options().buffered(), JOBS, 1_000);
        Workload random = workload(cluster.options().buffered() / 10, JOBS / 10, 100);
        List<Side> sides = List.of(
                Side.of(CONTIGUOUS, Contestant.YARDMASTER, contiguous), Side.of(RANDOM, Contestant.YARDMASTER, random));
        LongFunction<TaskReady> shuffled = random.shuffled(SEED);
        Series<StateSize> series = cluster.interleaved().run("state", sides, side -> {
            boolean inOrder = side.label().equals(CONTIGUOUS);
            return new StateRound(cluster).run(side, inOrder ? contiguous::event : shuffled);
        });
        figures.add(figure("B7.contiguous", CONTIGUOUS, contiguous, series, 0.1));
        figures.add(figure("B7.random", RANDOM, random, series, 12));
        for (Side side : sides) {
            figures.addAbsolute(side.label() + ", heap bytes", series.of(side.label(), StateSize::heap));
            figures.addAbsolute(side.label() + ", RocksDB bytes", series.of(side.label(), StateSize::rocksDb));
            figures.addAbsolute(side.label() + ", changelog bytes", series.of(side.label(), StateSize::changelog));
        }
    }

    private static Workload workload(long tasks, int jobs, int tasksPerEvent) {
        long events = Math.max(1, tasks / jobs / tasksPerEvent) * jobs;
        return new Workload(events * tasksPerEvent, tasksPerEvent, jobs);
    }

    private static Figure figure(String key, String order, Workload workload, Series<StateSize> series, double bound) {
        return new Figure(
                key,
                "state per buffered task, " + order,
                series.of(order, StateSize::sum),
                Unit.BYTES,
                Target.atMost(bound),
                String.format(Locale.ROOT, "%,d tasks of %,d jobs", workload.tasks(), workload.jobs()));
    }
}
