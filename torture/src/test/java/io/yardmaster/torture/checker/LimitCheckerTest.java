package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Evidence.LimitSet;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the checker on made-up histories of tasks that need units of limits (L4). Sessions 1 and 2 are complete. */
class LimitCheckerTest extends MadeUpEvidence {
    private static final long JOB = 7;
    private static final String LICENCE = "licence";
    private static final long GRACE_MS = LimitRule.GRACE.toMillis();
    /** The first instant at which no instance is excused any more that decided something a transaction before. */
    private static final long LATE = 3_000 + GRACE_MS + DecisionTimes.LONGEST_TRANSACTION_MS;

    private final List<Assigned> out = new ArrayList<>();

    /** A session begins with an event of storage. */
    @BeforeEach
    void begin() {
        ready(1, 1, 0, 0);
        task(1, 1, 0, 0);
    }

    /** A task is assigned, and the group has not passed it. */
    private void hold(int index) {
        task(1, JOB, index, 0);
        taken.remove(taken.size() - 1);
        out.add(latest());
    }

    /** The same in the topic of a pool. */
    private void hold(int index, String pool) {
        add(1, JOB, Kind.TASK, index, 0, pool);
        taken.remove(taken.size() - 1);
        out.add(latest());
    }

    private void succeed() {
        tellEnd(report(out.remove(0), TaskResult.SUCCEEDED, ""));
    }

    private void succeedAll() {
        while (!out.isEmpty()) {
            succeed();
        }
        add(1, JOB, Kind.COMMIT, -1, 0);
        ended(TaskResult.SUCCEEDED);
        tell(JobEventKind.JOB_SUCCEEDED, 1, JOB);
        tell(JobEventKind.JOB_ENDED, 1, JOB);
    }

    private void capacity(long time, long units) {
        limits.add(new LimitSet(LICENCE, time, units));
    }

    @Test
    void asManyUnitsAsThereAreMayBeHeld() {
        capacity(0, 4);
        graph(JOB, needing("a", 3, LICENCE, 2));
        hold(0);
        hold(1);
        succeed();
        hold(2);
        succeedAll();
        isClean();
    }

    @Test
    void L4_oneTaskMoreThanTheLimitAllows() {
        capacity(0, 3);
        graph(JOB, needing("a", 2, LICENCE, 2));
        hold(0);
        hold(1);
        succeedAll();
        isOnly(Wrong.LIMIT_EXCEEDED);
    }

    @Test
    void L4_aLimitThatIsNotThereHasNoUnits() {
        capacity(-2 * GRACE_MS, 3);
        capacity(2_000 - GRACE_MS, 0);
        graph(JOB, needing("a", 1, LICENCE, 1));
        hold(0);
        succeedAll();
        isOnly(Wrong.LIMIT_EXCEEDED);
    }

    @Test
    void aLimitThatWasLoweredAMomentAgoMayStillBeTheOneOfBefore() {
        capacity(0, 2);
        capacity(1_990, 1);
        graph(JOB, needing("a", 2, LICENCE, 1));
        hold(0);
        hold(1);
        succeedAll();
        isClean();
    }

    @Test
    void aLimitThatWasLoweredMayBeTheOneOfBeforeForAShardThatWasSilentSince() {
        capacity(0, 1);
        capacity(3_000, 0);
        graph(JOB, needing("a", 1, LICENCE, 1));
        task(1, JOB, 0, 0);
        taken.remove(taken.size() - 1);
        moveLatest(LATE);
        out.add(latest());
        succeedAll();
        isClean();
    }

    @Test
    void L4_aLimitThatWasLoweredHoldsForAShardThatHasDecidedSomethingSince() {
        capacity(0, 1);
        capacity(3_000, 0);
        ready(1, 2, 0, 0);
        task(1, 2, 0, 0);
        moveLatest(LATE - DecisionTimes.LONGEST_TRANSACTION_MS);
        graph(JOB, needing("a", 1, LICENCE, 1));
        task(1, JOB, 0, 0);
        taken.remove(taken.size() - 1);
        moveLatest(LATE);
        out.add(latest());
        succeedAll();
        isOnly(Wrong.LIMIT_EXCEEDED);
    }

    @Test
    void L4_aLimitThatWasLoweredLongAgoHolds() {
        capacity(-3 * GRACE_MS, 2);
        capacity(-2 * GRACE_MS, 1);
        graph(JOB, needing("a", 2, LICENCE, 1));
        hold(0);
        hold(1);
        succeedAll();
        isOnly(Wrong.LIMIT_EXCEEDED);
    }

    @Test
    void tasksOfAPoolAreInItsTopicAndHaveItsPlaces() {
        limits.add(new LimitSet("pool/side", 0, 1));
        graph(JOB, pooled("a", 2, "side"));
        hold(0, "side");
        succeed();
        hold(1, "side");
        succeedAll();
        isClean();
    }

    @Test
    void L9_moreThanTheWindowOfAPoolAllows() {
        limits.add(new LimitSet("pool/side", 0, 1));
        graph(JOB, pooled("a", 2, "side"));
        hold(0, "side");
        hold(1, "side");
        succeedAll();
        isOnly(Wrong.LIMIT_EXCEEDED);
    }

    @Test
    void L9_aTaskOfAPoolIsInTheTopicOfTheDefaultOne() {
        limits.add(new LimitSet("pool/side", 0, 1));
        graph(JOB, pooled("a", 1, "side"));
        hold(0);
        succeedAll();
        isOnly(Wrong.WRONG_POOL);
    }

    @Test
    void L9_aTaskOfTheDefaultPoolIsInTheTopicOfAnotherOne() {
        graph(JOB, step("a", 1));
        hold(0, "side");
        succeedAll();
        isOnly(Wrong.WRONG_POOL);
    }

    @Test
    void whatTheGroupHasPassedHoldsNothing() {
        capacity(0, 1);
        graph(JOB, needing("a", 2, LICENCE, 1));
        run(1, JOB, 0, 0, TaskResult.SUCCEEDED);
        run(1, JOB, 1, 0, TaskResult.SUCCEEDED);
        succeedAll();
        isClean();
    }
}
