package io.yardmaster.bench.runs;

import io.yardmaster.bench.core.LimitBenchmark;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Target;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** B22 and B23: decisions with limits, and ticks among jobs that wait for one, in the core alone. */
public final class PureLimits implements BenchmarkRun {
    private static final String DECISIONS = "B22";
    private static final String TICKS = "B23";
    private static final String CLASS = LimitBenchmark.class.getName();

    @Override
    public List<String> ids() {
        return List.of(DECISIONS, TICKS);
    }

    private static Figure decisions(RunResult result) {
        boolean areScarce = result.getParams().getParam("room").equals("512");
        return new Figure(
                areScarce ? DECISIONS + ".scarce" : DECISIONS,
                "pure core, 1,000 weighted groups of 100 jobs",
                PureCore.sample(result),
                Unit.PER_SECOND,
                areScarce ? null : Target.atLeast(5e6),
                areScarce ? "limits keep half of a window back" : "16 priorities, 3 limits for each task");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        cluster.progress().println("limits in the pure core: by JMH, which takes a minute, see jmh-limits-*.log");
        if (cluster.options().wants(DECISIONS)) {
            PureCore.run(cluster, "limits-decide", new OptionsBuilder().include(CLASS + ".decide$"))
                    .forEach(result -> figures.add(decisions(result)));
        }
        if (cluster.options().wants(TICKS)) {
            List<RunResult> results = new ArrayList<>(
                    PureCore.run(cluster, "limits-tick", new OptionsBuilder().include(CLASS + ".tick$")));
            boolean aloneFirst = results.get(0).getParams().getParam("parked").equals("0");
            figures.add(new Figure(
                    TICKS,
                    "tick among 100,000 parked jobs, to without",
                    // Both are ticks per second, so that this is the time of one among parked jobs to that of one
                    // alone.
                    PureCore.sample(results.get(aloneFirst ? 0 : 1))
                            .over(PureCore.sample(results.get(aloneFirst ? 1 : 0))),
                    Unit.TIMES,
                    Target.atMost(1.1),
                    "each offers the one task that can run"));
        }
    }
}
