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
    /** The largest whole number up to which a JavaScript client knows all. */
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    /** What versions up to 0.1.0 gave. */
    private static long older(int lane, long number) {
        return ((long) lane << 47) + number;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 128, 129, 1_000, 4_096, 100_000})
    void S13_idsAreNeverTwiceBelow2To53AndTellTheirLane(int lanes) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        AssignmentIds ids = new AssignmentIds(lanes);
        for (int i = 0; i < 20_000; i++) {
            int lane = i < 2 * lanes && i < 10_000 ? i % lanes : random.nextInt(lanes);
            // All small ones of a few lanes, and any number of any lane.
            long number = i % 2 == 0 ? 1 + i : 1 + (random.nextLong() >>> 1) % ids.most();
            long id = ids.of(lane, number);
            assertThat(id)
                    .as("lanes %d, lane %d, number %d", lanes, lane, number)
                    .isBetween(1L, MAX_SAFE_INTEGER);
            assertThat(ids.laneOf(id)).as("seed %d, id %d", seed, id).isEqualTo(lane);
            assertThat(ids.of(lane, Math.min(number + 1, ids.most()))).isGreaterThanOrEqualTo(id);
        }
        for (int lane = 0; lane < Math.min(lanes, 300); lane++) {
            assertThat(ids.of(lane, ids.most())).isLessThanOrEqualTo(MAX_SAFE_INTEGER);
        }
        Set<Long> fresh = new HashSet<>();
        for (int lane = 0; lane < Math.min(lanes, 300); lane++) {
            for (long number = 1; number <= 100; number++) {
                assertThat(fresh.add(ids.of(lane, number))).isTrue();
            }
        }
    }

    @Test
    void S13_upTo64LanesTheyAreWhatOlderVersionsGave() {
        AssignmentIds ids = new AssignmentIds(64);
        assertThat(ids.of(0, 1)).isEqualTo(older(0, 1));
        assertThat(ids.of(63, 1L << 40)).isEqualTo(older(63, 1L << 40));
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 100, 1_000})
    void S13_withMoreTheyMeetNoneThatOlderVersionsGaveAndBothAreRead(int lanes) {
        AssignmentIds ids = new AssignmentIds(lanes);
        Set<Long> old = new HashSet<>();
        for (int lane = 0; lane < lanes; lane++) {
            for (long number = 1; number <= 2_000; number += 7) {
                long before = older(lane, number);
                old.add(before);
                assertThat(ids.laneOf(before)).isEqualTo(lane);
            }
        }
        for (int lane = 0; lane < lanes; lane++) {
            for (long number = 1; number <= 2_000; number += 7) {
                assertThat(old.contains(ids.of(lane, number))).isFalse();
            }
        }
    }

    @Test
    void S13_thousandLanesHaveEnoughForALifetime() {
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
