package io.yardmaster.bench.runs;

import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.bench.report.Target;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.replay.Day;
import io.yardmaster.replay.ModelFleet;
import io.yardmaster.replay.Replay;
import io.yardmaster.replay.ReplayPolicy;
import io.yardmaster.replay.report.Comparison;
import io.yardmaster.replay.report.DaySide;
import io.yardmaster.replay.traces.AlibabaDay;
import io.yardmaster.replay.traces.JobNumbers;
import io.yardmaster.replay.traces.SwfDay;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * B33 and B34: the CPU time of one thread of this JVM that replays a whole recorded trace under the default policy. Needs their files,
 * which are not part of the project.
 */
public final class ReplayedTraces implements BenchmarkRun {
    private static final String GRID = "B33";
    private static final String BATCH = "B34";
    private static final int GRID_SLOTS = 1_600;
    private static final int BATCH_SLOTS = 40_000;
    private static final double NANOS = 1e9;
    private static final double MEGABYTE = 1 << 20;

    @Override
    public List<String> ids() {
        return List.of(GRID, BATCH);
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        SuiteOptions options = cluster.options();
        if (options.wants(GRID)) {
            Path trace = options.gridTrace() == null ? null : Path.of(options.gridTrace());
            run(cluster, figures, GRID, trace, 20, GRID_SLOTS, () -> new SwfDay(trace, new JobNumbers()));
        }
        if (options.wants(BATCH)) {
            Path trace = options.trace() == null ? null : Path.of(options.trace());
            run(cluster, figures, BATCH, trace, 60, BATCH_SLOTS, () -> new AlibabaDay(trace, new JobNumbers()));
        }
    }

    private static void run(
            BenchCluster cluster,
            Figures figures,
            String id,
            Path trace,
            double mostSeconds,
            int slots,
            Supplier<Day> opened) {
        if (trace == null) {
            cluster.progress().println(id + " is left out: it needs its trace, see --trace");
            return;
        }
        List<Double> seconds = new ArrayList<>();
        List<Double> peaks = new ArrayList<>();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        DaySide side = null;
        for (int round = 0; round < cluster.options().rounds(); round++) {
            heap().forEach(MemoryPoolMXBean::resetPeakUsage);
            long begin = System.nanoTime();
            long used = threads.getCurrentThreadCpuTime();
            side = replay(opened, slots);
            seconds.add((threads.getCurrentThreadCpuTime() - used) / NANOS);
            double wall = (System.nanoTime() - begin) / NANOS;
            peaks.add(heap().stream()
                            .mapToLong(pool -> pool.getPeakUsage().getUsed())
                            .sum()
                    / MEGABYTE);
            cluster.progress()
                    .printf(
                            Locale.ROOT,
                            "%s: %.1f s of CPU time, %.1f s by the clock, peak of the heap %.0f MB%n",
                            id,
                            seconds.get(round),
                            wall,
                            peaks.get(round));
        }
        figures.add(new Figure(
                id,
                "CPU time of the thread that replays " + trace.getFileName(),
                new Sample(seconds),
                Unit.SECONDS,
                Target.atMost(mostSeconds),
                String.format(Locale.ROOT, "%,d tasks on %,d slots", side == null ? 0 : side.tasks(), slots)));
        figures.addAbsolute(id + ", peak of the heap in MB", new Sample(peaks));
    }

    private static DaySide replay(Supplier<Day> opened, int slots) {
        List<ReplayPolicy> policies = List.of(new ReplayPolicy("default", Policy.DEFAULT, LivePolicy.NONE));
        try (Day day = opened.get()) {
            Comparison comparison = Replay.of(day, ModelFleet.of(slots), policies);
            return comparison.replayed().get(0);
        }
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }
}
