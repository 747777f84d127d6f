package io.yardmaster.bench.core;

import io.yardmaster.bench.process.JvmOptions;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The pure core on one thread, in outcomes of tasks of graphs per second. Each invocation offers 200,000 tasks of graphs that were
 * submitted before, in ticks with the shipped window as their budget, and applies their outcomes.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(GraphBenchmark.OUTCOMES)
@Fork(
        value = 1,
        jvmArgs = {JvmOptions.HEAP, JvmOptions.COLLECTOR})
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
public class GraphBenchmark {
    static final int OUTCOMES = 200_000;
    private static final long SEED = 42;

    /** A scheduler that graphs were submitted to, outside of the measurement. */
    @State(Scope.Thread)
    public static class Submitted {
        @Param({"ARRAYS", "PAIRS", "SINGLES"})
        public GraphShape shape;

        private GraphJobs jobs;

        @Setup(Level.Invocation)
        public void submit() {
            jobs = new GraphJobs();
            Random random = new Random(SEED);
            for (long job = 1; job <= OUTCOMES / shape.tasks(); job++) {
                jobs.submit(job, shape.stages(random));
            }
        }
    }

    /** Decides only; no change is written. */
    @Benchmark
    public void resolve(Submitted graphs, Blackhole hole) {
        graphs.jobs.run(OUTCOMES, false, hole::consume);
    }

    /** Writes what has changed to a storage on the heap after each 1,024 outcomes. */
    @Benchmark
    public void resolveAndWrite(Submitted graphs, Blackhole hole) {
        graphs.jobs.run(OUTCOMES, true, hole::consume);
    }
}
