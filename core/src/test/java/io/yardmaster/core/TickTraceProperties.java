package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** A log of ticks does not need those that leave no trace. */
class TickTraceProperties {
    private static final GraphWorld.Incidents ALL = new GraphWorld.Incidents(true, true, true, true, false);

    private static final GraphWorld.Incidents WITH_LIMITS = new GraphWorld.Incidents(true, true, true, true, true);

    @Provide
    Arbitrary<List<SchedulerCommand>> wild() {
        return Commands.wild();
    }

    @Provide
    Arbitrary<List<SchedulerCommand>> weighed() {
        return Commands.weighed();
    }

    @Provide
    Arbitrary<Policy> policies() {
        return Commands.policies();
    }

    private static void check(
            Policy policy, int callsBetweenRestarts, int callsBetweenFlushes, Consumer<RestartingScheduler> play) {
        RestartingScheduler whole =
                new RestartingScheduler(policy, callsBetweenRestarts, callsBetweenFlushes, new BitSet());
        play.accept(whole);
        RestartingScheduler sparse =
                new RestartingScheduler(policy, callsBetweenRestarts, callsBetweenFlushes, whole.traceless());
        play.accept(sparse);
        assertThat(sparse.log().all().stream().map(GraphWorld::text))
                .isEqualTo(whole.log().all().stream().map(GraphWorld::text).toList());
        assertThat(sparse.stored()).isEqualTo(whole.stored());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void R2_aTickThatLeavesNoTraceIsAsIfItHadNotBeen(
            @ForAll("policies") Policy policy,
            @ForAll("wild") List<SchedulerCommand> history,
            @ForAll @IntRange(max = 30) int callsBetweenRestarts,
            @ForAll @IntRange(min = 1, max = 10) int callsBetweenFlushes) {
        check(policy, callsBetweenRestarts, callsBetweenFlushes, scheduler -> new Player(scheduler).playAll(history));
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void R2_alsoIfWeightsAndPrioritiesChange(
            @ForAll("policies") Policy policy,
            @ForAll("weighed") List<SchedulerCommand> history,
            @ForAll @IntRange(max = 30) int callsBetweenRestarts,
            @ForAll @IntRange(min = 1, max = 10) int callsBetweenFlushes) {
        check(policy, callsBetweenRestarts, callsBetweenFlushes, scheduler -> new Player(scheduler).playAll(history));
    }

    @Property(tries = 120, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void R2_alsoIfJobsHaveGraphs(
            @ForAll long seed,
            @ForAll Fairness fairness,
            @ForAll @IntRange(min = 1, max = 6) int activeJobs,
            @ForAll @IntRange(max = 30) int callsBetweenRestarts,
            @ForAll @IntRange(min = 1, max = 10) int callsBetweenFlushes) {
        Policy policy = new Policy(activeJobs, 1, 2, Duration.ofSeconds(50), Duration.ofSeconds(90), fairness);
        check(policy, callsBetweenRestarts, callsBetweenFlushes, scheduler -> new GraphWorld(seed, ALL, scheduler)
                .play(150));
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void R2_alsoIfLimitsPoolsAndRatesKeepTasksBack(
            @ForAll long seed,
            @ForAll Fairness fairness,
            @ForAll @IntRange(min = 1, max = 6) int activeJobs,
            @ForAll @IntRange(max = 30) int callsBetweenRestarts,
            @ForAll @IntRange(min = 1, max = 10) int callsBetweenFlushes) {
        Policy policy = new Policy(activeJobs, 1, 2, Duration.ofSeconds(50), Duration.ofSeconds(90), fairness);
        check(policy, callsBetweenRestarts, callsBetweenFlushes, scheduler -> new GraphWorld(
                        seed, WITH_LIMITS, scheduler)
                .withPolicies()
                .play(150));
    }
}
