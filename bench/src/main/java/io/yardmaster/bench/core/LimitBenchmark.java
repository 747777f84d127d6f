package io.yardmaster.bench.core;

import io.yardmaster.bench.process.JvmOptions;
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

/** The pure core on one thread with limits: decisions per second, and ticks per second among jobs that wait. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgs = {JvmOptions.HEAP, JvmOptions.COLLECTOR})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LimitBenchmark {
    private static final int TICKS = 20_000;

    /** A scheduler that was filled outside of the measurement. */
    @State(Scope.Thread)
    public static class Filled {
        @Param({"4096", "512"})
        public long room;

        private WeightedLimits work;

        @Setup(Level.Invocation)
        public void fill() {
            work = new WeightedLimits(room);
        }
    }

    /** A scheduler with jobs that wait for a limit, or without. */
    @State(Scope.Thread)
    public static class Parked {
        @Param({"0", "100000"})
        public int parked;

        private ParkedJobs jobs;

        @Setup(Level.Trial)
        public void open() {
            jobs = new ParkedJobs(parked);
        }

        @Setup(Level.Invocation)
        public void fill() {
            jobs.fill(TICKS);
        }
    }

    /** Decides about tasks that need units of three limits, in 1,000 weighted groups and 16 priorities; writes nothing. */
    @Benchmark
    @OperationsPerInvocation(WeightedLimits.TASKS)
    public void decide(Filled filled, Blackhole hole) {
        filled.work.run(hole::consume);
    }

    /** Ticks, of which each offers the one task that can run. */
    @Benchmark
    @OperationsPerInvocation(TICKS)
    public void tick(Parked parked, Blackhole hole) {
        parked.jobs.tick(TICKS, hole::consume);
    }
}
