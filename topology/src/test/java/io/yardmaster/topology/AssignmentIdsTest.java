package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentIdsTest {
    /** The largest whole number up to which JavaScript represents every one. */
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    /** The id that versions up to 0.1.0 gave. */
    private static long older(int shard, long number) {
        return ((long) shard << 47) + number;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 128, 129, 1_000, 4_096, 100_000})
    void S13_idsAreNeverTwiceBelow2To53AndTellTheirShard(int shards) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        AssignmentIds ids = new AssignmentIds(shards);
        for (int i = 0; i < 20_000; i++) {
            int shard = i < 2 * shards && i < 10_000 ? i % shards : random.nextInt(shards);
            // All small numbers of a few shards, and random ones of any shard.
            long number = i % 2 == 0 ? 1 + i : 1 + (random.nextLong() >>> 1) % ids.most();
            long id = ids.of(shard, number);
            assertThat(id)
                    .as("shards %d, shard %d, number %d", shards, shard, number)
                    .isBetween(1L, MAX_SAFE_INTEGER);
            assertThat(ids.shardOf(id)).as("seed %d, id %d", seed, id).isEqualTo(shard);
            assertThat(ids.numberOf(shard, id)).as("seed %d, id %d", seed, id).isEqualTo(number);
            assertThat(ids.numberOf(shard + 1, id)).isZero();
            assertThat(ids.of(shard, Math.min(number + 1, ids.most()))).isGreaterThanOrEqualTo(id);
        }
        for (int shard = 0; shard < Math.min(shards, 300); shard++) {
            assertThat(ids.of(shard, ids.most())).isLessThanOrEqualTo(MAX_SAFE_INTEGER);
        }
        Set<Long> fresh = new HashSet<>();
        for (int shard = 0; shard < Math.min(shards, 300); shard++) {
            for (long number = 1; number <= 100; number++) {
                assertThat(fresh.add(ids.of(shard, number))).isTrue();
            }
        }
    }

    @Test
    void numbersOfWhatIsNoIdAreZero() {
        AssignmentIds ids = new AssignmentIds(1);
        assertThat(ids.numberOf(0, -1)).isZero();
        assertThat(ids.numberOf(0, 1L << 53)).isZero();
        assertThat(ids.numberOf(0, Long.MAX_VALUE)).isZero();
        assertThat(ids.numberOf(0, 0)).isZero();
    }

    @Test
    void S13_upTo64ShardsTheyAreWhatOlderVersionsGave() {
        AssignmentIds ids = new AssignmentIds(64);
        assertThat(ids.of(0, 1)).isEqualTo(older(0, 1));
        assertThat(ids.of(63, 1L << 40)).isEqualTo(older(63, 1L << 40));
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 100, 1_000})
    void S13_withMoreTheyMeetNoneThatOlderVersionsGaveAndBothAreRead(int shards) {
        AssignmentIds ids = new AssignmentIds(shards);
        Set<Long> old = new HashSet<>();
        for (int shard = 0; shard < shards; shard++) {
            for (long number = 1; number <= 2_000; number += 7) {
                long before = older(shard, number);
                old.add(before);
                assertThat(ids.shardOf(before)).isEqualTo(shard);
            }
        }
        for (int shard = 0; shard < shards; shard++) {
            for (long number = 1; number <= 2_000; number += 7) {
                assertThat(old.contains(ids.of(shard, number))).isFalse();
            }
        }
    }

    @Test
    void S13_thousandShardsHaveEnoughForALifetime() {
        long secondsOf30Years = 30L * 365 * 24 * 3_600;
        assertThat(new AssignmentIds(64).most()).isGreaterThan(100_000 * secondsOf30Years);
        assertThat(new AssignmentIds(1_024).most()).isGreaterThan(4_000 * secondsOf30Years);
    }

    @Test
    void S13_whenTheyAreUsedUpNoneIsGivenTwice() {
        AssignmentIds ids = new AssignmentIds(65);
        assertThatThrownBy(() -> ids.of(64, ids.most() + 1)).hasMessageContaining("no ids left");
    }
}
