package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Target;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** B31: the time from a command to cancel a job until that can be seen, while a plan of hosts takes seconds. */
public final class CancelsWhilePlanning implements BenchmarkRun {
    private static final String PLANNING = "while planning";
    private static final String IDLE = "without a plan";

    @Override
    public List<String> ids() {
        return List.of("B31");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        Workload none = new Workload(1, 1, 1);
        List<Side> sides =
                List.of(Side.of(PLANNING, Contestant.YARDMASTER, none), Side.of(IDLE, Contestant.YARDMASTER, none));
        Series<CancelTimes> series = cluster.interleaved(
                        Math.min(1, cluster.options().warmups()))
                .run("cancels", sides, each -> new CancelRound(
                                cluster, each.label().equals(PLANNING) ? CancelRound.JOBS : 0)
                        .run(each));
        figure(
                figures,
                "B31.kill",
                "p99 from a cancel, while a plan is made, to the kill",
                CancelTimes::killP99,
                series);
        figure(figures, "B31.event", "the same, to the event", CancelTimes::eventP99, series);
        figure(
                figures,
                "B31.withdrawn",
                "the same, to the withdrawal of the last task that waited for a host",
                CancelTimes::withdrawnP99,
                series);
        figures.add(new Figure(
                "B31.idle",
                "p99 to the withdrawal when no other tasks wait, so that a plan takes no time",
                series.of(IDLE, CancelTimes::withdrawnP99),
                Unit.MILLIS,
                null,
                "for comparison"));
        figures.add(new Figure(
                "B31.plan",
                "time that such a plan takes",
                series.of(PLANNING, CancelTimes::planSeconds),
                Unit.SECONDS,
                null,
                "5,000 hosts, 60,000 tasks of as many shapes that fit no host"));
    }

    private static void figure(
            Figures figures, String key, String what, ToDoubleFunction<CancelTimes> value, Series<CancelTimes> series) {
        figures.add(new Figure(
                key,
                what,
                series.of(PLANNING, value),
                Unit.MILLIS,
                Target.atMost(100),
                "jobs of 10 waiting tasks, one after the other"));
    }
}
