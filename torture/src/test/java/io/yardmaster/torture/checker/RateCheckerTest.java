package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Evidence.RateSet;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the checker on made-up histories of tasks of a group that has a rate (L7). Sessions 1 and 2 are complete. */
class RateCheckerTest extends MadeUpEvidence {
    private static final long GROUP = 1;
    private static final long NOON = 100_000;

    private int next;

    /** A rate of 1 a second with bursts of 2, so that 62 may be assigned at once behind a leap of the clock. */
    @BeforeEach
    void begin() {
        rates.add(new RateSet(GROUP, 0, 1, 2));
    }

    private void assigned(long time, int tasks) {
        ready(1, 7, 0, IntStream.range(next, next + tasks).boxed().toArray(Integer[]::new));
        for (int i = 0; i < tasks; i++) {
            task(1, 7, next++, 0);
            moveLatest(time);
        }
    }

    @Test
    void whatARateAllows() {
        assigned(NOON, 62);
        assigned(NOON + 1_000, 1);
        isClean();
    }

    @Test
    void L7_oneTaskMoreThanARateAllowsAtOnce() {
        assigned(NOON, 63);
        isOnly(Wrong.RATE_EXCEEDED);
    }

    @Test
    void L7_oneTaskMoreThanARateAllowsInATime() {
        assigned(NOON, 62);
        assigned(NOON + 999, 1);
        isOnly(Wrong.RATE_EXCEEDED);
    }

    @Test
    void whatWasDecidedWhileTheShardWasSilentMayComeAtOnce() {
        assigned(NOON, 62);
        assigned(NOON + 30_000, 90);
        isClean();
        assigned(NOON + 30_000, 1);
        isOnly(Wrong.RATE_EXCEEDED);
    }

    @Test
    void L7_oneBurstMoreThanASlowRateAllows() {
        rates.add(new RateSet(GROUP, 1, 0.01, 20));
        assigned(NOON, 20);
        isClean();
        assigned(NOON + 30_000, 2);
        isOnly(Wrong.RATE_EXCEEDED);
    }

    @Test
    void aChangeOfTheRateAllowsOneMoreBurst() {
        rates.add(new RateSet(GROUP, NOON - 1, 1, 2));
        assigned(NOON, 64);
        isClean();
        assigned(NOON, 1);
        isOnly(Wrong.RATE_EXCEEDED);
    }

    @Test
    void aGroupThatMayHaveHadNoRateIsFree() {
        rates.add(new RateSet(GROUP, NOON - 20_000, 0, 0));
        rates.add(new RateSet(GROUP, NOON - 10_000, 1, 2));
        assigned(NOON, 50);
        isClean();
    }
}
