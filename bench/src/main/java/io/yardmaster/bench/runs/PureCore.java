package io.yardmaster.bench.runs;

import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.core.SchedulerBenchmark;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.bench.report.Target;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** B5: the core alone, by JMH, which starts a JVM for each number of jobs. */
public final class PureCore implements BenchmarkRun {
    private static final String CLASS = SchedulerBenchmark.class.getName();
    private static final String[] WRITING = {CLASS + ".decideAndWrite", CLASS + ".takeInDecideAndWrite"};
    private static final Map<String, Target> TARGETS =
            Map.of("1000", Target.atLeast(20e6), "100000", Target.atLeast(10e6));

    @Override
    public List<String> ids() {
        return List.of("B5");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        cluster.progress().println("pure core: by JMH, which takes some minutes, see jmh-*.log");
        ChainedOptionsBuilder deciding = new OptionsBuilder().include(CLASS + ".decide$");
        run(cluster, "decide", deciding).forEach(result -> figures.add(figure(result, TARGETS)));
        ChainedOptionsBuilder writing = new OptionsBuilder()
                .include(WRITING[0])
                .include(WRITING[1])
                .param("fairness", "JOB")
                .param("jobs", "1000", "100000");
        run(cluster, "write", writing).forEach(result -> figures.add(figure(result, Map.of())));
    }

    /** Runs these benchmarks of JMH in as many iterations as there are rounds. */
    static Collection<RunResult> run(BenchCluster cluster, String name, ChainedOptionsBuilder options) {
        try {
            return new Runner(options.measurementIterations(cluster.options().rounds())
                            .output(cluster.output()
                                    .resolve("jmh-" + name + ".log")
                                    .toString())
                            .shouldFailOnError(true)
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new BenchException("JMH failed: " + e.getMessage(), e);
        }
    }

    private static Figure figure(RunResult result, Map<String, Target> targets) {
        BenchmarkParams params = result.getParams();
        String method = params.getBenchmark().substring(CLASS.length() + 1);
        String jobs = params.getParam("jobs");
        String fairness = params.getParam("fairness").toLowerCase(Locale.ROOT).replace('_', '-');
        return new Figure(
                "B5.%s.%s.%s".formatted(method, fairness, jobs),
                String.format(Locale.ROOT, "pure core, %,d active jobs, fairness=%s", Integer.valueOf(jobs), fairness),
                sample(result),
                Unit.PER_SECOND,
                targets.get(jobs),
                note(method));
    }

    static Sample sample(RunResult result) {
        return new Sample(result.getBenchmarkResults().stream()
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream)
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList());
    }

    private static String note(String method) {
        return switch (method) {
            case "decide" -> "decisions only";
            case "decideAndWrite" -> "and writes to the heap after each 1,024";
            default -> "the same, and takes in the events";
        };
    }
}
