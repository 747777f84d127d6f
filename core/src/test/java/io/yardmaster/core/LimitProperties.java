package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Limits hold and leak nothing, whatever happens to jobs, sessions and the limits themselves. */
class LimitProperties {
    private static final GraphWorld.Incidents LIMITS = new GraphWorld.Incidents(false, false, false, false, true);
    private static final GraphWorld.Incidents ALL = new GraphWorld.Incidents(true, true, true, true, true);

    private static Policy policy(int activeJobs, Fairness fairness) {
        return new Policy(activeJobs, 1, 2, Duration.ofHours(2), Duration.ofHours(3), fairness);
    }

    private static GraphWorld played(
            long seed, GraphWorld.Incidents incidents, int activeJobs, Fairness fairness, int callsBetweenRestarts) {
        GraphWorld world = new GraphWorld(seed, policy(activeJobs, fairness), incidents, callsBetweenRestarts);
        world.play(20 + new Random(seed + 1).nextInt(200));
        return world;
    }

    /** A unit that leaked would keep a task waiting for ever, which would not end. */
    @Property(tries = 35, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void L4_noLimitIsExceededAndAllTasksEnd(
            @ForAll long seed,
            @ForAll Fairness fairness,
            @ForAll @IntRange(min = 1, max = 6) int activeJobs,
            @ForAll @IntRange(min = 0, max = 5) int callsBetweenRestarts) {
        played(seed, LIMITS, activeJobs, fairness, callsBetweenRestarts).checkEnds();
    }

    @Property(tries = 35, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void L5_nothingLeaksByCancelsSessionsPausesAndRefusals(
            @ForAll long seed,
            @ForAll Fairness fairness,
            @ForAll @IntRange(min = 1, max = 6) int activeJobs,
            @ForAll @IntRange(min = 0, max = 5) int callsBetweenRestarts) {
        played(seed, ALL, activeJobs, fairness, callsBetweenRestarts).checkEnds();
    }

    @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void L4_restartsAtAnyPointChangeNothing(
            @ForAll long seed,
            @ForAll Fairness fairness,
            @ForAll @IntRange(min = 1, max = 6) int activeJobs,
            @ForAll @IntRange(min = 1, max = 5) int callsBetweenRestarts) {
        GraphWorld running = played(seed, ALL, activeJobs, fairness, 0);
        GraphWorld restarting = played(seed, ALL, activeJobs, fairness, callsBetweenRestarts);
        assertThat(restarting.history()).isEqualTo(running.history());
    }

    @Property(tries = 5, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void L5_nothingIsLeftOfJobsThatHaveEnded(
            @ForAll long seed, @ForAll Fairness fairness, @ForAll @IntRange(min = 1, max = 6) int activeJobs) {
        GraphWorld world = played(seed, ALL, activeJobs, fairness, 3);
        world.forget(policy(activeJobs, fairness));
        assertThat(world.scheduler.storage().keys()).hasSizeLessThanOrEqualTo(2).endsWith(Keys.ledger());
    }
}
