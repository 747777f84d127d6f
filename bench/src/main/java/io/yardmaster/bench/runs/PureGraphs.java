package io.yardmaster.bench.runs;

import io.yardmaster.bench.core.GraphBenchmark;
import io.yardmaster.bench.core.GraphShape;
import io.yardmaster.bench.core.GraphState;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.bench.report.Target;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** B18 and B19: the state of graphs, and the outcomes of their tasks, in the core alone. */
public final class PureGraphs implements BenchmarkRun {
    private static final String STATE = "B18";
    private static final String OUTCOMES = "B19";
    private static final String CLASS = GraphBenchmark.class.getName();
    private static final String DECIDING = "resolve";
    private static final Map<GraphShape, Target> TARGETS =
            Map.of(GraphShape.ARRAYS, Target.atLeast(10e6), GraphShape.SINGLES, Target.atLeast(2e6));

    @Override
    public List<String> ids() {
        return List.of(STATE, OUTCOMES);
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        if (cluster.options().wants(STATE)) {
            figures.add(state(
                    "array",
                    "state per blocked task of an array",
                    GraphState.bytesPerBlockedTask(),
                    0.05,
                    GraphState.TASKS));
            figures.add(
                    state("stage", "state per stage of one task", GraphState.bytesPerStage(), 64, GraphState.STAGES));
        }
        if (cluster.options().wants(OUTCOMES)) {
            cluster.progress().println("graphs in the pure core: by JMH, which takes a minute, see jmh-graphs.log");
            PureCore.run(cluster, "graphs", new OptionsBuilder().include(CLASS)).stream()
                    .map(PureGraphs::outcomes)
                    .forEach(figures::add);
        }
    }

    private static Figure state(String key, String what, double bytes, double most, int count) {
        return new Figure(
                STATE + "." + key,
                what,
                new Sample(List.of(bytes)),
                Unit.BYTES,
                Target.atMost(most),
                String.format(Locale.ROOT, "%,d in one graph", count));
    }

    private static Figure outcomes(RunResult result) {
        BenchmarkParams params = result.getParams();
        String method = params.getBenchmark().substring(CLASS.length() + 1);
        GraphShape shape = GraphShape.valueOf(params.getParam("shape"));
        boolean deciding = method.equals(DECIDING);
        return new Figure(
                "%s.%s.%s".formatted(OUTCOMES, method, shape.name().toLowerCase(Locale.ROOT)),
                "pure core, outcomes of "
                        + switch (shape) {
                            case ARRAYS -> "arrays";
                            case PAIRS -> "arrays, paired";
                            case SINGLES -> "random graphs of single tasks";
                        },
                PureCore.sample(result),
                Unit.PER_SECOND,
                deciding ? TARGETS.get(shape) : null,
                deciding ? "decisions only" : "and writes to the heap after each 1,024");
    }
}
