package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.GroupShare;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.TaskEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * Groups with endless backlogs that need the same limits, compared by the time that their tasks held the largest part of a limit (L3).
 */
class DominantShareProperties {
    private static final int STEPS = 400;
    private static final long STEP_MILLIS = 100;

    /** The tasks of a group, and how long they take. */
    private record Kind(long group, double weight, Map<String, Long> needs, long millis) {}

    private record Out(DispatchedTask task, Kind kind, long since, long ran) {}

    private static Map<String, Long> capacities(Random random) {
        return Map.of(
                LimitKeys.named("cores"),
                200L + random.nextInt(200),
                LimitKeys.named("memory"),
                1_000L + random.nextInt(2_000));
    }

    private static List<Kind> kinds(Random random, int groups, boolean weighted) {
        List<Kind> kinds = new ArrayList<>();
        for (long group = 1; group <= groups; group++) {
            Map<String, Long> needs = Map.of("cores", 1L + random.nextInt(4), "memory", 1L + random.nextInt(20));
            kinds.add(new Kind(
                    group, weighted ? 1 << random.nextInt(4) : 1, needs, STEP_MILLIS * (1 + random.nextInt(30))));
        }
        return kinds;
    }

    private static double part(Kind kind, Map<String, Long> capacities) {
        return kind.needs().entrySet().stream()
                .mapToDouble(need -> (double) need.getValue() / capacities.get(LimitKeys.named(need.getKey())))
                .max()
                .orElseThrow();
    }

    private static CoreFixture open(List<Kind> kinds, Map<String, Long> capacities) {
        CoreFixture core = new CoreFixture(CoreFixture.policy(64, Fairness.DRF)).limit(capacities);
        Map<Long, Double> weights = new HashMap<>();
        kinds.forEach(kind -> weights.put(kind.group(), kind.weight()));
        core.follow(new LivePolicy(weights, capacities));
        for (Kind kind : kinds) {
            new GraphFixture(core)
                    .submit(
                            "J" + kind.group(),
                            new GraphSketch()
                                    .needing("s", 1_000_000, "", kind.needs())
                                    .group(kind.group()));
        }
        return core;
    }

    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void L3_dominantSharesAreEqualByWeight(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 5) int groups,
            @ForAll boolean weighted,
            @ForAll boolean restarts) {
        Random random = new Random(seed);
        Map<String, Long> capacities = capacities(random);
        List<Kind> kinds = kinds(random, groups, weighted);
        Map<Long, Double> had = played(random, kinds, capacities, restarts);
        double all = kinds.stream().mapToDouble(kind -> had.get(kind.group())).sum();
        double weights = kinds.stream().mapToDouble(Kind::weight).sum();
        for (Kind kind : kinds) {
            assertThat(had.get(kind.group()) / all)
                    .as("share of group %s of %s, by seed %s: %s", kind.group(), kinds, seed, had)
                    .isBetween(kind.weight() / weights - 0.05, kind.weight() / weights + 0.05);
        }
    }

    /** The dominant share of each group, summed over time. */
    private static Map<Long, Double> played(
            Random random, List<Kind> kinds, Map<String, Long> capacities, boolean restarts) {
        CoreFixture core = open(kinds, capacities);
        List<Out> out = new ArrayList<>();
        Map<Long, Double> had = new HashMap<>();
        int read = 0;
        for (int step = 0; step < STEPS; step++) {
            core.pass(Duration.ofMillis(STEP_MILLIS));
            for (Iterator<Out> all = out.iterator(); all.hasNext(); ) {
                Out one = all.next();
                if (core.now() - one.since() >= one.ran()) {
                    all.remove();
                    core.ran(one.ran(), () -> core.outcome(TaskEnd.SUCCEEDED, one.task()));
                    had.merge(one.kind().group(), part(one.kind(), capacities) * one.ran(), Double::sum);
                }
            }
            core.tick(10_000);
            List<DispatchedTask> made = core.log().assignments();
            for (; read < made.size(); read++) {
                DispatchedTask task = made.get(read);
                Kind kind = kinds.get((int) task.group() - 1);
                long ran = kind.millis() * (50 + random.nextInt(100)) / 100;
                out.add(new Out(task, kind, core.now(), ran));
            }
            if (restarts && random.nextInt(20) == 0) {
                core.restart();
            }
        }
        return had;
    }

    @Example
    void L3_theViewHasWhatEachGroupHasHad() {
        Map<String, Long> capacities = Map.of(LimitKeys.named("cores"), 4L);
        List<Kind> kinds = List.of(
                new Kind(1, 1, Map.of("cores", 1L), STEP_MILLIS), new Kind(2, 2, Map.of("cores", 1L), STEP_MILLIS));
        CoreFixture core = open(kinds, capacities);
        core.tick(10_000);
        List<DispatchedTask> made = core.log().assignments();
        assertThat(made).hasSize(4);
        // Nobody knows how long they take, which counts as a second: each has a quarter of the cores.
        Map<Long, Double> had = new HashMap<>();
        made.forEach(task -> had.merge(task.group(), task.group() == 1 ? 0.25 : 0.125, Double::sum));
        assertShares(core, had);
        DispatchedTask first = made.get(0);
        core.ran(3_000, () -> core.outcome(TaskEnd.SUCCEEDED, first));
        had.merge(first.group(), first.group() == 1 ? 0.5 : 0.25, Double::sum);
        assertShares(core, had);
        core.restart();
        assertShares(core, had);
        assertThat(core.scheduler().view().groupShares(1)).hasSize(1);
    }

    private static void assertShares(CoreFixture core, Map<Long, Double> had) {
        List<GroupShare> shares = core.scheduler().view().groupShares(10);
        assertThat(shares).hasSameSizeAs(had.keySet());
        assertThat(shares)
                .allSatisfy(share -> assertThat(share.seconds()).isCloseTo(had.get(share.group()), within(0.001)));
    }

    @Property(tries = 10, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void L3_restartsChangeNothing(@ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int groups) {
        Map<String, Long> capacities = capacities(new Random(seed));
        List<Kind> kinds = kinds(new Random(seed + 1), groups, true);
        List<String> running = order(seed, kinds, capacities, false);
        assertThat(order(seed, kinds, capacities, true)).as("by seed %s", seed).isEqualTo(running);
    }

    private static List<String> order(long seed, List<Kind> kinds, Map<String, Long> capacities, boolean restarts) {
        CoreFixture core = open(kinds, capacities);
        Random random = new Random(seed + 2);
        List<DispatchedTask> out = new ArrayList<>();
        List<String> order = new ArrayList<>();
        int read = 0;
        for (int step = 0; step < 100; step++) {
            core.pass(Duration.ofMillis(STEP_MILLIS));
            order.addAll(core.tick(10_000));
            List<DispatchedTask> made = core.log().assignments();
            for (; read < made.size(); read++) {
                out.add(made.get(read));
            }
            for (int left = random.nextInt(20); left > 0 && !out.isEmpty(); left--) {
                DispatchedTask task = out.remove(random.nextInt(out.size()));
                core.ran(random.nextInt(5_000), () -> core.outcome(TaskEnd.SUCCEEDED, task));
            }
            if (restarts) {
                core.restart();
            }
        }
        return order;
    }
}
