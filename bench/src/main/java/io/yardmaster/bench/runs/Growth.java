package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/** B6: the rate with many tasks buffered, against few. */
public final class Growth implements BenchmarkRun {
    private static final int JOBS = 1_000;
    private static final int LARGEST_EVENT = 1_000;
    /** Wide enough not to be the limit, and small next to the number of assignments. */
    private static final int CAPACITY = 50_000;

    private static final String NOTE = "dispatch.capacity=" + CAPACITY;

    @Override
    public List<String> ids() {
        return List.of("B6");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        Map<String, Workload> backlogs = new LinkedHashMap<>();
        LongStream.of(1_000, 100_000, cluster.options().buffered())
                .distinct()
                .forEach(tasks -> backlogs.put(label(tasks), backlog(tasks)));
        List<Side> sides = backlogs.entrySet().stream()
                .map(entry -> Side.of(entry.getKey(), Contestant.YARDMASTER, more(cluster, entry.getValue()))
                        .with(ReadyToDispatch.CAPACITY, Integer.toString(CAPACITY)))
                .toList();
        Series<Throughput> series = cluster.interleaved()
                .run("growth", sides, side -> new GrowthRound(cluster, backlogs.get(side.label()), CAPACITY).run(side));
        String base = label(1_000);
        backlogs.forEach((label, backlog) -> {
            if (!label.equals(base)) {
                figures.add(new Figure(
                        "B6." + backlog.tasks(),
                        "assignments with " + label + ", to " + base,
                        series.ratio(label, base, Throughput::perSecond),
                        Unit.TIMES,
                        Target.atLeast(0.9),
                        NOTE));
            }
            figures.addAbsolute(label + ", per second", series.of(label, Throughput::perSecond));
        });
    }

    private static String label(long tasks) {
        return String.format(Locale.ROOT, "%,d buffered", tasks);
    }

    private static Workload backlog(long tasks) {
        int tasksPerJob = Math.toIntExact(tasks / JOBS);
        int tasksPerEvent = Math.min(LARGEST_EVENT, tasksPerJob);
        int eventsPerJob = tasksPerJob / tasksPerEvent;
        return new Workload((long) JOBS * eventsPerJob * tasksPerEvent, tasksPerEvent, JOBS);
    }

    /** Single tasks of the same jobs, behind the buffered ones. */
    private static Workload more(BenchCluster cluster, Workload backlog) {
        int first = Math.toIntExact(backlog.tasks() / JOBS);
        return new Workload(cluster.options().size() / 2 / JOBS * JOBS, 1, JOBS, first);
    }
}
