package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Rates at random times, compared with a bucket of tokens for each group or pool (L7). */
class RateProperties {
    private static final int GROUPS = 3;
    private static final int TASKS = 2_000;
    private static final List<String> POOLS = List.of("gpu", "tape");
    private static final NaiveRate UNLIMITED = new NaiveRate();

    /** A bucket that is full at first, in nanoseconds of its rate. */
    private static final class Bucket {
        private final long interval;
        private final long size;
        private long level;

        Bucket(DispatchRate rate) {
            this.interval = rate.interval();
            this.size = rate.burst() * interval;
            this.level = size;
        }

        void pass(long millis) {
            level = Math.min(size, level + millis * 1_000_000);
        }

        int takeAll() {
            int tasks = (int) (level / interval);
            level -= tasks * interval;
            return tasks;
        }
    }

    private record Offer(long group, String pool, long at) {}

    private static DispatchRate random(Random random) {
        double perSecond = random.nextBoolean() ? 1 + random.nextInt(50) : 0.1 + random.nextDouble();
        return new DispatchRate(perSecond, 1 + random.nextInt(5));
    }

    private static CoreFixture filled(Random random, Fairness fairness, int activeJobs, Map<Long, DispatchRate> rates) {
        CoreFixture core = new CoreFixture(CoreFixture.policy(activeJobs, fairness));
        for (long group = 1; group <= GROUPS; group++) {
            rates.put(group, random(random));
            for (int job = 0; job < 2; job++) {
                core.group(group, "J" + group + job);
            }
        }
        core.rate(rates);
        for (long group = 1; group <= GROUPS; group++) {
            for (int job = 0; job < 2; job++) {
                core.ready("J" + group + job, IntStream.range(0, TASKS).toArray());
            }
        }
        // Each job's queue is limited at the job's first turn.
        for (int tick = 0; tick < 2 * GROUPS; tick++) {
            core.tick(0);
        }
        return core;
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void L7_asManyTasksGoAsABucketHasTokensAndNeverMoreThanBurstAndRateAllow(
            @ForAll long seed,
            @ForAll Fairness fairness,
            @ForAll @IntRange(min = 1, max = 8) int activeJobs,
            @ForAll boolean restarts) {
        Random random = new Random(seed);
        Map<Long, DispatchRate> rates = new HashMap<>();
        CoreFixture core = filled(random, fairness, activeJobs, rates);
        Map<Long, Bucket> buckets = new HashMap<>();
        rates.forEach((group, rate) -> buckets.put(group, new Bucket(rate)));
        List<Offer> offers = new ArrayList<>();
        int read = 0;
        for (int step = 0; step < 60; step++) {
            long passed = random.nextInt(4) == 0 ? random.nextInt(3_000) : random.nextInt(40);
            core.pass(Duration.ofMillis(passed));
            buckets.values().forEach(bucket -> bucket.pass(passed));
            // A job that was retired, or limited at its turn, has its tasks granted in the next tick.
            for (int tick = 0; tick < 3; tick++) {
                core.tick(1_000);
            }
            Map<Long, Integer> made = new HashMap<>();
            List<DispatchedTask> all = core.log().assignments();
            for (; read < all.size(); read++) {
                made.merge(all.get(read).group(), 1, Integer::sum);
                offers.add(new Offer(all.get(read).group(), all.get(read).pool(), core.now()));
            }
            for (long group = 1; group <= GROUPS; group++) {
                assertThat(made.getOrDefault(group, 0))
                        .as("tasks of group %s at step %s, by seed %s", group, step, seed)
                        .isEqualTo(buckets.get(group).takeAll());
            }
            if (restarts && random.nextInt(3) == 0) {
                core.restart();
            }
        }
        rates.forEach((group, rate) -> checkWindows(
                offers.stream()
                        .filter(offer -> offer.group() == group)
                        .mapToLong(Offer::at)
                        .toArray(),
                rate,
                seed));
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void L7_aTaskWaitsForTheRateOfItsGroupOrOfItsPoolAndForNothingElse(
            @ForAll long seed, @ForAll Fairness fairness, @ForAll boolean restarts) {
        Random random = new Random(seed);
        CoreFixture core = new CoreFixture(CoreFixture.policy(8, fairness));
        GraphFixture graphs = new GraphFixture(core);
        Map<Long, DispatchRate> rates = new HashMap<>();
        Map<String, DispatchRate> poolRates = new HashMap<>();
        for (String pool : POOLS) {
            poolRates.put(pool, random(random));
        }
        core.limit(Map.of(LimitKeys.ofPool("gpu"), 1_000_000L, LimitKeys.ofPool("tape"), 1_000_000L));
        for (long group = 1; group <= GROUPS; group++) {
            if (random.nextInt(3) > 0) {
                rates.put(group, random(random));
            }
            GraphSketch graph = GraphFixture.graph().group(group).priority(random.nextInt(2));
            POOLS.forEach(pool -> graph.pooled(pool, TASKS, "", pool, Map.of()));
            graphs.submit("J" + group, graph);
        }
        core.follow(LivePolicy.NONE.withRates(rates).withPoolRates(poolRates));
        Map<Object, NaiveRate> naive = new HashMap<>();
        rates.forEach((group, rate) ->
                naive.computeIfAbsent(group, first -> new NaiveRate()).follow(rate));
        poolRates.forEach((pool, rate) ->
                naive.computeIfAbsent(pool, first -> new NaiveRate()).follow(rate));
        List<Offer> offers = new ArrayList<>();
        int read = 0;
        for (int step = 0; step < 60; step++) {
            long passed = random.nextInt(4) == 0 ? random.nextInt(3_000) : random.nextInt(40);
            core.jump(Duration.ofMillis(passed)).tick(random.nextInt(3));
            naive.values().forEach(rate -> rate.pass(passed));
            List<DispatchedTask> all = core.log().assignments();
            for (; read < all.size(); read++) {
                DispatchedTask made = all.get(read);
                naive.get(made.pool()).take();
                naive.getOrDefault(made.group(), UNLIMITED).take();
                offers.add(new Offer(made.group(), made.pool(), core.now()));
            }
            for (long group = 1; group <= GROUPS; group++) {
                for (String pool : POOLS) {
                    assertThat(naive.getOrDefault(group, UNLIMITED).hasToken()
                                    && naive.get(pool).hasToken())
                            .as("a task of group %s and pool %s can go at step %s, by seed %s", group, pool, step, seed)
                            .isFalse();
                }
            }
            if (restarts && random.nextInt(3) == 0) {
                core.restart();
            }
        }
        poolRates.forEach((pool, rate) -> checkWindows(
                offers.stream()
                        .filter(offer -> offer.pool().equals(pool))
                        .mapToLong(Offer::at)
                        .toArray(),
                rate,
                seed));
    }

    /** Any n tasks take the time that n less the burst take at the rate. */
    private static void checkWindows(long[] times, DispatchRate rate, long seed) {
        for (int first = 0; first < times.length; first++) {
            for (int last = first; last < times.length; last++) {
                double allowed = rate.burst() + rate.perSecond() * (times[last] - times[first]) / 1_000;
                assertThat((double) (last - first + 1))
                        .as("tasks in %s ms, by seed %s", times[last] - times[first], seed)
                        .isLessThanOrEqualTo(allowed + 1e-9);
            }
        }
    }
}
