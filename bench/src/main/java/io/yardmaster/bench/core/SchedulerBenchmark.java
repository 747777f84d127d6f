package io.yardmaster.bench.core;

import io.yardmaster.bench.process.JvmOptions;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The pure core on one thread, in decisions per second. Each invocation works off a million tasks, with the shipped
 * window as the budget of a tick.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(OpenCore.DECISIONS)
@Fork(
        value = 1,
        jvmArgs = {JvmOptions.HEAP, JvmOptions.COLLECTOR})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SchedulerBenchmark {
    private static final int BUDGET = 1_024;

    /** Makes decisions only; changed jobs are not written. */
    @Benchmark
    public void decide(FilledCore core) {
        core.backlog().decide(OpenCore.DECISIONS, BUDGET, false);
    }

    /** Writes each job that changed to a storage on the heap at the end of each tick, as the processor does. */
    @Benchmark
    public void decideAndWrite(FilledCore core) {
        core.backlog().decide(OpenCore.DECISIONS, BUDGET, true);
    }

    /** Writes as well, and takes in the events. */
    @Benchmark
    public void takeInDecideAndWrite(OpenCore core) {
        core.takeIn();
        core.backlog().decide(OpenCore.DECISIONS, BUDGET, true);
    }
}
