package io.yardmaster.bench.runs;

import io.yardmaster.bench.core.GangHour;
import io.yardmaster.bench.core.PlannerBenchmark;
import io.yardmaster.bench.core.RecordedPods;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.bench.report.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** B27, B28, B30 and B32: the planner of the core alone. B30 needs a file that is not part of the project. */
public final class PurePlacement implements BenchmarkRun {
    private static final String FEW_SHAPES = "B27";
    private static final String ALL_DIFFERENT = "B28";
    private static final String PODS = "B30";
    private static final String GANGS = "B32";
    private static final String CLASS = PlannerBenchmark.class.getName();

    @Override
    public List<String> ids() {
        return List.of(FEW_SHAPES, ALL_DIFFERENT, PODS, GANGS);
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        SuiteOptions options = cluster.options();
        if (options.wants(FEW_SHAPES)) {
            speed(cluster, FEW_SHAPES, "50", "50 shapes", 200_000, figures);
        }
        if (options.wants(ALL_DIFFERENT)) {
            speed(cluster, ALL_DIFFERENT, "100000", "all tasks different", 20_000, figures);
        }
        if (options.wants(PODS)) {
            pods(cluster, figures);
        }
        if (options.wants(GANGS)) {
            gangs(options.rounds(), figures);
        }
    }

    private static void speed(
            BenchCluster cluster, String id, String shapes, String note, double least, Figures figures) {
        cluster.progress().println(id + ": the planner alone, by JMH, see jmh-" + id + ".log");
        ChainedOptionsBuilder planning = new OptionsBuilder().include(CLASS).param("shapes", shapes);
        for (RunResult result : PureCore.run(cluster, id, planning)) {
            figures.add(new Figure(
                    id,
                    "planner, placements of 100,000 tasks on 10,000 hosts",
                    PureCore.sample(result),
                    Unit.PER_SECOND,
                    Target.atLeast(least),
                    note));
        }
    }

    private static void pods(BenchCluster cluster, Figures figures) {
        String trace = cluster.options().podTrace();
        if (trace == null) {
            cluster.progress().println("B30 is left out: it needs --trace, the pods of Alibaba's GPU trace of 2023");
            return;
        }
        RecordedPods recorded = RecordedPods.read(Path.of(trace));
        Sample ours = Sample.of(recorded.allocated());
        Sample plain = Sample.of(recorded.allocatedByPlainBestFit());
        Sample random = new Sample(LongStream.range(0, cluster.options().rounds())
                .mapToObj(recorded::allocatedAtRandom)
                .toList());
        String note = "%s pods, %s nodes".formatted(recorded.pods(), recorded.nodes());
        figures.add(new Figure(
                PODS + ".ours", "GPUs allocated when the first pod has no place", ours, Unit.PERCENT, null, note));
        figures.add(new Figure(PODS + ".plain", "the same by plain best fit", plain, Unit.PERCENT, null, ""));
        figures.add(new Figure(PODS + ".random", "the same at random", random, Unit.PERCENT, null, "one seed a round"));
        figures.add(new Figure(
                PODS + ".toplain", "ours to plain best fit", ours.over(plain), Unit.TIMES, Target.atLeast(1), ""));
        Sample toRandom = new Sample(
                random.values().stream().map(each -> ours.median() / each).toList());
        figures.add(new Figure(PODS + ".torandom", "ours to random", toRandom, Unit.TIMES, Target.atLeast(1), ""));
    }

    private static void gangs(int rounds, Figures figures) {
        List<GangHour.Summary> hours =
                LongStream.range(0, rounds).mapToObj(GangHour::play).toList();
        String note = "small tasks and %s gangs of 64, one seed a round"
                .formatted(hours.get(0).gangs());
        figures.add(new Figure(
                GANGS + ".started",
                "gangs that started in an hour of 1,000 cores, in the worst round",
                Sample.of(hours.stream()
                        .mapToDouble(hour -> 100.0 * hour.started() / hour.gangs())
                        .min()
                        .orElseThrow()),
                Unit.PERCENT,
                Target.atLeast(100),
                note));
        figures.add(new Figure(
                GANGS + ".used",
                "cores in use",
                new Sample(hours.stream().map(GangHour.Summary::utilisation).toList()),
                Unit.PERCENT,
                Target.atLeast(90),
                ""));
        figures.add(new Figure(
                GANGS + ".wait",
                "longest wait of a gang",
                new Sample(
                        hours.stream().map(GangHour.Summary::longestWaitSeconds).toList()),
                Unit.SECONDS,
                null,
                ""));
    }
}
