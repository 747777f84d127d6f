package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Target;
import java.util.List;

/** B13: the time from a command to cancel a job until nothing of the job is dispatched or run any more, under the load of B1. */
public final class CommandsUnderLoad implements BenchmarkRun {
    private static final int JOBS = 1_000;
    private static final String NOTE = "100 commands in a row, under B1's load";

    @Override
    public List<String> ids() {
        return List.of("B13");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        Workload workload = new Workload(cluster.options().size(), 1, JOBS);
        Side side = Side.of(ReadyToDispatch.SHIPPED, Contestant.YARDMASTER, workload);
        Series<CommandLatency> series =
                cluster.interleaved().run("commands", List.of(side), each -> new CommandRound(cluster).run(each));
        figures.add(new Figure(
                "B13.dispatch",
                "p99 from a command to the last dispatch",
                series.of(side.label(), CommandLatency::lastDispatchP99),
                Unit.MILLIS,
                Target.atMost(100),
                NOTE));
        figures.add(new Figure(
                "B13.handler",
                "p99 from a command to the handler's cancellation",
                series.of(side.label(), CommandLatency::cancellationP99),
                Unit.MILLIS,
                Target.atMost(200),
                NOTE));
    }
}
