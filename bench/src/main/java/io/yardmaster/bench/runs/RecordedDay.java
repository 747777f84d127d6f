package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.core.RecordedPods;
import io.yardmaster.bench.load.GraphSubmitter;
import io.yardmaster.bench.load.RecordedGraphs;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.bench.report.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** B17: all jobs of a recorded trace at once, with tasks that take no time. Needs the file, which is not part of the project. */
public final class RecordedDay implements BenchmarkRun {
    private static final String PEAK = "peak memory of the scheduler in MB";

    @Override
    public List<String> ids() {
        return List.of("B17");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        String trace = cluster.options().trace();
        if (trace == null || RecordedPods.isOf(Path.of(trace))) {
            cluster.progress().println("B17 is left out: it needs --trace, the batch tasks of Alibaba's trace of 2018");
            return;
        }
        RecordedGraphs graphs = RecordedGraphs.read(Path.of(trace));
        Side side =
                Side.of(ReadyToDispatch.SHIPPED, Contestant.YARDMASTER, new Workload(graphs.tasks(), 1, graphs.jobs()));
        Series<Throughput> series = cluster.interleaved(0).run("trace", List.of(side), each -> new GraphRound(cluster)
                .run(each, graphs.tasks(), sender -> submit(sender, graphs)));
        figures.add(new Figure(
                "B17",
                "tasks of a recorded trace, from submission to the last outcome",
                series.of(side.label(), Throughput::perSecond),
                Unit.PER_SECOND,
                Target.atLeast(60_000),
                String.format(Locale.ROOT, "%,d tasks of %,d jobs", graphs.tasks(), graphs.jobs())));
        double peak = cluster.jvm(side).peakMegabytes();
        figures.addAbsolute("B17, " + PEAK, new Sample(List.of(peak)));
        cluster.progress().printf(Locale.ROOT, "B17, %s: %,.0f%n", PEAK, peak);
    }

    private static void submit(GraphSubmitter sender, RecordedGraphs graphs) {
        for (int job = 0; job < graphs.jobs(); job++) {
            sender.send(job + 1L, graphs.stages(job));
        }
    }
}
