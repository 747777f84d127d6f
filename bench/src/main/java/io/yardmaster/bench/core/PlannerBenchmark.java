package io.yardmaster.bench.core;

import io.yardmaster.bench.process.JvmOptions;
import io.yardmaster.core.placement.PlacementPolicy;
import io.yardmaster.core.placement.PlacementSnapshot;
import io.yardmaster.core.placement.Plan;
import io.yardmaster.core.placement.Planner;
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

/** The planner on one thread, in placements per second: 100,000 single tasks on 10,000 empty hosts in one plan. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(PlacementPools.TASKS)
@Fork(
        value = 1,
        jvmArgs = {JvmOptions.HEAP, JvmOptions.COLLECTOR})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class PlannerBenchmark {
    private static final long SEED = 42;

    /** A pool that is planned again and again. */
    @State(Scope.Thread)
    public static class BusyPool {
        @Param({"50", "100000"})
        public int shapes;

        private PlacementSnapshot snapshot;

        @Setup(Level.Trial)
        public void fill() {
            snapshot = PlacementPools.mixed(shapes, new Random(SEED));
        }
    }

    /** Makes one plan. */
    @Benchmark
    public Plan plan(BusyPool pool) {
        Plan plan = Planner.plan(pool.snapshot, PlacementPolicy.DEFAULT);
        if (plan.counters().placed() != PlacementPools.TASKS) {
            throw new IllegalStateException("all tasks must have a place, not " + plan.counters());
        }
        return plan;
    }
}
