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

/** Random graphs end as the rules say, whatever happens meanwhile. */
class GraphProperties {
    private static final GraphWorld.Incidents NONE = new GraphWorld.Incidents(false, false, false, false, false);
    private static final GraphWorld.Incidents ALL = new GraphWorld.Incidents(true, true, true, true, false);
    private static final GraphWorld.Incidents NO_CANCELS = new GraphWorld.Incidents(false, true, true, true, false);

    private static Policy policy(int activeJobs, Fairness fairness) {
        return new Policy(activeJobs, 1, 2, Duration.ofHours(2), Duration.ofHours(3), fairness);
    }

    private static GraphWorld played(
            long seed, GraphWorld.Incidents incidents, int activeJobs, Fairness fairness, int callsBetweenRestarts) {
        GraphWorld world = new GraphWorld(seed, policy(activeJobs, fairness), incidents, callsBetweenRestarts);
        world.play(20 + new Random(seed + 1).nextInt(200));
        return world;
    }

    @Property(tries = 70, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void G2_everyTaskEndsAsInANaiveEvaluation(
            @ForAll long seed,
            @ForAll Fairness fairness,
            @ForAll @IntRange(min = 1, max = 6) int activeJobs,
            @ForAll @IntRange(min = 0, max = 5) int callsBetweenRestarts) {
        played(seed, NONE, activeJobs, fairness, callsBetweenRestarts).checkEnds();
    }

    @Property(tries = 70, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void G6_sessionsPausesAndRefusalsChangeNoEnd(
            @ForAll long seed,
            @ForAll Fairness fairness,
            @ForAll @IntRange(min = 1, max = 6) int activeJobs,
            @ForAll @IntRange(min = 0, max = 5) int callsBetweenRestarts) {
        played(seed, NO_CANCELS, activeJobs, fairness, callsBetweenRestarts).checkEnds();
    }

    @Property(tries = 70, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void O4_everyJobEndsOnceAlsoIfSomeAreCancelled(
            @ForAll long seed,
            @ForAll Fairness fairness,
            @ForAll @IntRange(min = 1, max = 6) int activeJobs,
            @ForAll @IntRange(min = 0, max = 5) int callsBetweenRestarts) {
        played(seed, ALL, activeJobs, fairness, callsBetweenRestarts).checkEnds();
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void G6_restartsAtAnyPointChangeNothing(
            @ForAll long seed,
            @ForAll Fairness fairness,
            @ForAll @IntRange(min = 1, max = 6) int activeJobs,
            @ForAll @IntRange(min = 1, max = 5) int callsBetweenRestarts) {
        GraphWorld running = played(seed, ALL, activeJobs, fairness, 0);
        GraphWorld restarting = played(seed, ALL, activeJobs, fairness, callsBetweenRestarts);
        assertThat(restarting.history()).isEqualTo(running.history());
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void O3_tasksThatSomeExecutionManagersDoNotReportSucceedAlsoOverRestarts(
            @ForAll long seed,
            @ForAll Fairness fairness,
            @ForAll @IntRange(min = 1, max = 6) int activeJobs,
            @ForAll @IntRange(min = 1, max = 5) int callsBetweenRestarts) {
        GraphWorld running = playedByMixedFleet(seed, activeJobs, fairness, 0);
        running.checkEnds();
        GraphWorld restarting = playedByMixedFleet(seed, activeJobs, fairness, callsBetweenRestarts);
        assertThat(restarting.history()).isEqualTo(running.history());
    }

    private static GraphWorld playedByMixedFleet(
            long seed, int activeJobs, Fairness fairness, int callsBetweenRestarts) {
        GraphWorld world =
                new GraphWorld(seed, policy(activeJobs, fairness), ALL, callsBetweenRestarts).withMixedFleet();
        world.play(20 + new Random(seed + 1).nextInt(200));
        return world;
    }

    @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void S9_nothingIsLeftOfJobsThatHaveEnded(
            @ForAll long seed, @ForAll Fairness fairness, @ForAll @IntRange(min = 1, max = 6) int activeJobs) {
        GraphWorld world = seed % 2 == 0
                ? played(seed, ALL, activeJobs, fairness, 3)
                : playedByMixedFleet(seed, activeJobs, fairness, 3);
        world.forget(policy(activeJobs, fairness));
        // The latest page of ended assignments lives until others follow.
        assertThat(world.scheduler.storage().keys()).hasSizeLessThanOrEqualTo(2).endsWith(Keys.ledger());
    }
}
