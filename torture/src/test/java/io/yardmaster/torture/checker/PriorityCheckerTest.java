package io.yardmaster.torture.checker;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.torture.checker.Evidence.RateSet;
import io.yardmaster.torture.checker.Verdict.Wrong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the checker on made-up histories of jobs of several priorities (L1). Sessions 1 and 2 are complete. */
class PriorityCheckerTest extends MadeUpEvidence {
    private static final long HIGH = 7;
    private static final long LOW = 8;

    @BeforeEach
    void begin() {
        ready(1, HIGH, 0, 0, 1, 2);
        ready(1, LOW, 0, 0, 1, 2);
    }

    private void prioritize(long job) {
        answer(ask(CommandType.SET_PRIORITY, 1, job), JobEventKind.JOB_PRIORITIZED, 1);
    }

    private void tasks(long... jobs) {
        int[] next = new int[2];
        for (long job : jobs) {
            task(1, job, next[(int) (job - HIGH)]++, 0);
        }
    }

    @Test
    void theJobOfHigherPriorityGoesFirst() {
        prioritize(HIGH);
        tasks(HIGH, HIGH, HIGH, LOW, LOW, LOW);
        isClean();
    }

    @Test
    void L1_aJobOfLowerPriorityHasATurnInBetween() {
        prioritize(HIGH);
        tasks(HIGH, LOW, HIGH, HIGH, LOW, LOW);
        isOnly(Wrong.OUT_OF_PRIORITY);
    }

    @Test
    void jobsOfTheSamePriorityTakeTurns() {
        prioritize(HIGH);
        prioritize(LOW);
        tasks(HIGH, LOW, HIGH, LOW, HIGH, LOW);
        isClean();
    }

    @Test
    void aPriorityHoldsFromTheEventOn() {
        task(1, HIGH, 0, 0);
        task(1, LOW, 0, 0);
        prioritize(HIGH);
        task(1, HIGH, 1, 0);
        task(1, HIGH, 2, 0);
        task(1, LOW, 1, 0);
        task(1, LOW, 2, 0);
        isClean();
    }

    @Test
    void aJobThatWasPausedHasWaitedForThat() {
        prioritize(HIGH);
        task(1, HIGH, 0, 0);
        pause(1, HIGH);
        task(1, LOW, 0, 0);
        resume(1, HIGH);
        task(1, HIGH, 1, 0);
        task(1, HIGH, 2, 0);
        task(1, LOW, 1, 0);
        task(1, LOW, 2, 0);
        isClean();
    }

    @Test
    void aJobOfAGroupThatHasARateMayHaveWaitedForThat() {
        rates.add(new RateSet(1, 0, 1, 100));
        prioritize(HIGH);
        tasks(HIGH, LOW, HIGH, HIGH, LOW, LOW);
        isClean();
    }
}
