package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.bench.report.Target;
import java.util.List;

/** B10: the gain by four partitions on two threads against one on one, and the CPU time of an assignment. */
public final class Scaling implements BenchmarkRun {
    private static final int JOBS = 1_000;
    private static final int PARTITIONS = 4;
    private static final String THREADS = "kafka.num.stream.threads";
    private static final String COPY_4 = "copy, 4 partitions on 2 threads";
    private static final String SHIPPED_4 = "yardmaster, 4 partitions on 2 threads";

    @Override
    public List<String> ids() {
        return List.of("B10");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        Workload all = new Workload(cluster.options().size(), 1, JOBS);
        List<Side> sides = List.of(
                Side.of(ReadyToDispatch.COPY, Contestant.COPY, all),
                Side.of(ReadyToDispatch.SHIPPED, Contestant.YARDMASTER, all),
                Side.of(COPY_4, Contestant.COPY, all).with(THREADS, "2").withPartitions(PARTITIONS),
                Side.of(SHIPPED_4, Contestant.YARDMASTER, all)
                        .with(THREADS, "2")
                        .withPartitions(PARTITIONS));
        Series<Throughput> series =
                cluster.interleaved().run("scaling", sides, side -> new ThroughputRound(cluster).run(side));
        Sample ours = series.ratio(SHIPPED_4, ReadyToDispatch.SHIPPED, Throughput::perSecond);
        Sample copys = series.ratio(COPY_4, ReadyToDispatch.COPY, Throughput::perSecond);
        figures.add(new Figure(
                "B10.scaling",
                "gain by 4 partitions on 2 threads, to the copy's gain",
                ours.over(copys),
                Unit.TIMES,
                Target.atLeast(1),
                ""));
        Sample cpu = series.ratio(ReadyToDispatch.SHIPPED, ReadyToDispatch.COPY, Throughput::cpuSecondsPerMillion);
        figures.add(
                new Figure("B10.cpu", "CPU time per assignment, to the copy", cpu, Unit.TIMES, Target.atMost(1.5), ""));
        for (Side side : sides) {
            String label = "scaling, " + side.label();
            figures.addAbsolute(label + ", per second", series.of(side.label(), Throughput::perSecond));
            figures.addAbsolute(
                    label + ", CPU seconds per million", series.of(side.label(), Throughput::cpuSecondsPerMillion));
        }
    }
}
