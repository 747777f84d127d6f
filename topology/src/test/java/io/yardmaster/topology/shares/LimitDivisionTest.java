package io.yardmaster.topology.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.topology.shares.Division.Granted;
import io.yardmaster.topology.shares.LimitDivision.Claim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The division of one limit among shards that see each grant before the next review. */
class LimitDivisionTest {
    private long versions;
    private LimitDivision limit;
    private final List<Claim> claims = new ArrayList<>();
    private int round;

    private void begin(int shards) {
        limit = new LimitDivision(
                new Division(Collections.nCopies(shards, Granted.NOTHING), true, version -> ++versions));
        claims.addAll(Collections.nCopies(shards, Claim.NONE));
    }

    /** All shards see their latest grants and hold what they use, or their quotas. */
    private boolean review(int capacity) {
        for (int shard = 0; shard < claims.size(); shard++) {
            Granted granted = limit.division().granted().get(shard);
            int held = (int) Math.max(granted.quota(), claims.get(shard).used());
            limit.division().acknowledge(shard, granted.version(), held);
        }
        boolean changed = limit.review(round, capacity, claims);
        assertThat(limit.division().granted().stream()
                        .mapToInt(Granted::ceiling)
                        .sum())
                .isLessThanOrEqualTo(Math.max(
                        capacity, (int) claims.stream().mapToLong(Claim::used).sum()));
        return changed;
    }

    private void settle(int capacity) {
        for (int i = 0; i < 4; i++) {
            review(capacity);
        }
    }

    private List<Integer> quotas() {
        return IntStream.range(0, claims.size())
                .mapToObj(limit.division()::quota)
                .toList();
    }

    @Test
    void L4_aLimitIsDividedByNeed() {
        begin(4);
        claims.set(0, new Claim(0, 1_000, 1));
        claims.set(1, new Claim(0, 1_000, 1));
        claims.set(2, new Claim(0, 10, 1));
        settle(100);
        assertThat(quotas()).containsExactly(45, 45, 10, 0);
        assertThat(review(100)).as("all have what they are due").isFalse();
    }

    @Test
    void L4_unitsThatAShardDoesNotNeedAnyMoreGoToTheOthersAtOnce() {
        begin(2);
        claims.set(0, new Claim(0, 100, 1));
        claims.set(1, new Claim(0, 100, 1));
        settle(10);
        claims.set(0, new Claim(2, 0, 0));
        claims.set(1, new Claim(5, 100, 1));
        settle(10);
        assertThat(quotas()).containsExactly(2, 8);
    }

    /** The units of dispatched tasks count until these end. */
    @Test
    void L4_aLoweredLimitGrantsNothingBeforeEnoughHasEnded() {
        begin(2);
        claims.set(0, new Claim(0, 10, 1));
        settle(10);
        assertThat(quotas()).containsExactly(10, 0);
        claims.set(0, new Claim(10, 0, 0));
        claims.set(1, new Claim(0, 10, 1));
        settle(4);
        assertThat(quotas().get(1)).isZero();
        claims.set(0, new Claim(1, 0, 0));
        for (int i = 0; i < 4; i++) {
            review(4);
            claims.set(1, new Claim(limit.division().quota(1), 10, 1));
        }
        assertThat(quotas()).containsExactly(1, 3);
    }

    @Test
    void aNeedOfFiveIsNotStarvedBySixteenShardsThatHoldOneEach() {
        begin(16);
        IntStream.range(0, 16).forEach(shard -> claims.set(shard, new Claim(0, 1_000, shard == 7 ? 5 : 1)));
        boolean served = false;
        for (round = 0; round < 200 && !served; round++) {
            for (int i = 0; i < 4; i++) {
                review(16);
                served |= limit.division().quota(7) >= 5;
            }
            for (int shard = 0; shard < 16; shard++) {
                int quota = limit.division().quota(shard);
                claims.set(shard, new Claim(shard == 7 ? quota - quota % 5 : quota, 1_000, shard == 7 ? 5 : 1));
            }
        }
        assertThat(served).isTrue();
    }

    /** Their tasks run for hours: until some have ended, none of the units is free. */
    @Test
    void theFirstShardOfARoundKeepsItsPlaceUntilItHasTheUnitsOfATask() {
        begin(3);
        IntStream.range(0, 3).forEach(shard -> claims.set(shard, new Claim(0, 10, 2)));
        settle(4);
        for (int shard = 0; shard < 3; shard++) {
            claims.set(shard, new Claim(limit.division().quota(shard), 10, 2));
        }
        int without = quotas().indexOf(0);
        for (round = 1; round < 50; round++) {
            settle(4);
        }
        assertThat(limit.division().quota(without)).as("nothing is free").isZero();
        for (int shard = 0; shard < 3; shard++) {
            claims.set(shard, new Claim(0, 10, 2));
        }
        settle(4);
        assertThat(limit.division().quota(without)).isEqualTo(2);
    }

    @Test
    void oneUnitGoesRoundAllShards() {
        begin(8);
        IntStream.range(0, 8).forEach(shard -> claims.set(shard, new Claim(0, 10, 1)));
        int[] turns = new int[8];
        for (round = 0; round < 400; round++) {
            settle(1);
            turns[quotas().indexOf(1)]++;
        }
        assertThat(turns).doesNotContain(0);
        assertThat(IntStream.of(turns).max().orElseThrow()).isLessThan(100);
    }

    @Test
    void aTaskThatNeedsMoreThanThereIsKeepsNothingFromOthers() {
        begin(2);
        claims.set(0, new Claim(0, 10, 20));
        claims.set(1, new Claim(0, 10, 1));
        settle(6);
        assertThat(quotas().get(1)).isGreaterThanOrEqualTo(3);
    }
}
