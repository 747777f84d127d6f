package io.yardmaster.topology.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Policy;
import io.yardmaster.topology.config.Capacity;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Limits over several shards. The fleet itself checks after each millisecond that none is exceeded (L4). */
class SharedLimitProperties {
    private static final String LICENCE = "limit/licence";
    private static final String DISK = "limit/disk";

    private static SimulatedFleet fleet(int shards, long seed) {
        return new SimulatedFleet(shards, Capacity.of(1_000), Policy.DEFAULT, seed)
                .takes(20_000)
                .runsTasksFor(60);
    }

    @Property(tries = 8, edgeCases = EdgeCasesMode.NONE)
    void L4_aLimitIsNeverExceededAndNoUnitLeaksThroughAbortsAndKills(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 9) int shards,
            @ForAll @IntRange(min = 1, max = 30) int capacity,
            @ForAll @DoubleRange(min = 0, max = 0.3) double aborts) {
        Random random = new Random(seed);
        SimulatedFleet fleet = fleet(shards, seed).limit(Map.of(LICENCE, (long) capacity, DISK, 20L));
        int submitted = 0;
        for (int shard = 0; shard < shards; shard++) {
            for (int job = 0; job < 3; job++) {
                long licences = 1L + random.nextInt(Math.min(5, capacity));
                Map<String, Long> needs = random.nextBoolean()
                        ? Map.of("licence", licences)
                        : Map.of("licence", licences, "disk", 1L + random.nextInt(5));
                fleet.shard(shard).submit(LimitedJob.of(100L * shard + job, 25, needs));
                submitted += 25;
            }
            // The graphs become durable before an abort could lose them.
            fleet.shard(shard).commit();
        }
        fleet.aborts(aborts);
        for (int round = 0; round < 5; round++) {
            fleet.run(random.nextInt(1_500));
            fleet.kill(random.nextInt(shards), 1 + random.nextInt(1_000));
        }
        for (int second = 0; second < 900 && fleet.ended() < submitted; second++) {
            fleet.run(1_000);
        }
        assertThat(fleet.ended()).isEqualTo(submitted);
        fleet.aborts(0).run(1_000);
        for (int shard = 0; shard < shards; shard++) {
            assertThat(fleet.shard(shard).used(LICENCE)).isZero();
            assertThat(fleet.shard(shard).used(DISK)).isZero();
        }
    }

    @Property(tries = 4, edgeCases = EdgeCasesMode.NONE)
    void L4_mostOfALimitIsInUseWhileEnoughWaitsForIt(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 16) int shards,
            @ForAll @IntRange(min = 10, max = 200) int capacity) {
        SimulatedFleet fleet = fleet(shards, seed).limit(Map.of(LICENCE, (long) capacity));
        for (int shard = 0; shard < shards; shard++) {
            fleet.shard(shard).submit(LimitedJob.of(shard, 1_000_000, Map.of("licence", 1L)));
            fleet.shard(shard).commit();
        }
        fleet.run(2_000);
        long used = 0;
        for (int i = 0; i < 1_000; i++) {
            fleet.run(10);
            for (int shard = 0; shard < shards; shard++) {
                used += fleet.shard(shard).used(LICENCE);
            }
        }
        assertThat(used / 1_000.0).isGreaterThan(0.93 * capacity);
    }

    @Property(tries = 4, edgeCases = EdgeCasesMode.NONE)
    void L4_aChangedLimitHoldsWhenWhatWasOutHasEnded(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 9) int shards) {
        SimulatedFleet fleet = fleet(shards, seed);
        for (int shard = 0; shard < shards; shard++) {
            fleet.shard(shard).submit(LimitedJob.of(shard, 1_000_000, Map.of("licence", 1L)));
            fleet.shard(shard).commit();
        }
        for (long capacity : new long[] {40, 5, 60, 1}) {
            fleet.lower(Map.of(LICENCE, capacity));
            fleet.run(1_500);
            fleet.limit(Map.of(LICENCE, capacity));
            fleet.run(3_000);
            assertThat(fleet.inUse("licence")).isBetween(capacity / 2, capacity);
        }
    }

    @Property(tries = 3, edgeCases = EdgeCasesMode.NONE)
    void aTaskThatNeedsManyUnitsRunsAlthoughAllOtherShardsWantOne(@ForAll long seed) {
        int shards = 16;
        SimulatedFleet fleet = fleet(shards, seed).limit(Map.of(LICENCE, 16L));
        for (int shard = 0; shard < shards - 1; shard++) {
            fleet.shard(shard).submit(LimitedJob.of(shard, 1_000_000, Map.of("licence", 1L)));
            fleet.shard(shard).commit();
        }
        fleet.run(5_000);
        fleet.takeCountsByJob();
        fleet.shard(shards - 1).submit(LimitedJob.of(99, 1, Map.of("licence", 5L)));
        fleet.shard(shards - 1).commit();
        for (int second = 0; second < 600 && !fleet.takeCountsByJob().containsKey(99L); second++) {
            fleet.run(1_000);
        }
        assertThat(fleet.shard(shards - 1).used(LICENCE)).isZero();
        assertThat(fleet.dispatched(shards - 1)).isEqualTo(1);
    }

    /** Each of two shards could have one of the limits, and wait for the other. */
    @Example
    void L5_tasksThatNeedTwoLimitsOfOneUnitRunInAllShards() {
        SimulatedFleet fleet = fleet(4, 7).limit(Map.of(LICENCE, 1L, DISK, 1L));
        for (int shard = 0; shard < 4; shard++) {
            fleet.shard(shard).submit(LimitedJob.of(shard, 5, Map.of("licence", 1L, "disk", 1L)));
            fleet.shard(shard).commit();
        }
        for (int second = 0; second < 300 && fleet.ended() < 20; second++) {
            fleet.run(1_000);
        }
        assertThat(fleet.ended()).isEqualTo(20);
    }

    @Example
    void aLimitThatNobodyUsesIsForgotten() {
        SimulatedFleet fleet = fleet(3, 1).limit(Map.of(LICENCE, 2L));
        fleet.shard(1).submit(LimitedJob.of(1, 4, Map.of("licence", 2L)));
        fleet.shard(1).commit();
        fleet.run(20_000);
        assertThat(fleet.ended()).isEqualTo(4);
        for (int shard = 0; shard < 3; shard++) {
            assertThat(fleet.shard(shard).storedLimitCount()).isZero();
        }
        fleet.shard(2).submit(LimitedJob.of(2, 4, Map.of("licence", 2L)));
        fleet.shard(2).commit();
        fleet.run(20_000);
        assertThat(fleet.ended()).isEqualTo(8);
    }
}
