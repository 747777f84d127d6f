package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.When;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.GraphPlan.Terms;
import io.yardmaster.torture.checker.Verdict.Wrong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the checker on made-up histories of graphs. Sessions 1 and 2 are complete. */
class GraphCheckerTest extends MadeUpEvidence {
    private static final long JOB = 7;
    private static final String BROKEN = "stage a failed: broken";
    private static final Terms GOES_ON = new Terms(-1, JOB, 1, 0, false, false, true);

    /** A session begins with an event of storage. */
    @BeforeEach
    void begin() {
        ready(1, 1, 0, 0);
        task(1, 1, 0, 0);
    }

    private void commit() {
        add(1, JOB, Kind.COMMIT, -1, 0);
        ended(TaskResult.SUCCEEDED);
        tell(JobEventKind.JOB_SUCCEEDED, 1, JOB);
        tell(JobEventKind.JOB_ENDED, 1, JOB);
    }

    private void fail() {
        tellReason(JobEventKind.JOB_FAILED, 1, JOB, BROKEN);
        stop(1, JOB, BROKEN, -1, 0);
    }

    private void cleanUp() {
        add(1, JOB, Kind.CLEANUP, -1, 0);
        ended(TaskResult.SUCCEEDED);
        tell(JobEventKind.JOB_ENDED, 1, JOB);
    }

    /** The job of a graph of {@link #GOES_ON} fails when all of its tasks have ended. */
    private void failAtTheEnd() {
        tellReason(JobEventKind.JOB_FAILED, 1, JOB, BROKEN);
        tell(JobEventKind.JOB_ENDED, 1, JOB);
    }

    @Test
    void aCorrectHistoryIsNotAccused() {
        graph(JOB, step("a", 2), step("b", 2, When.ALL, 2, "each a"), step("c", 1, "b"));
        run(1, JOB, 1, 0, TaskResult.SUCCEEDED);
        run(1, JOB, 3, 0, TaskResult.FAILED);
        run(1, JOB, 0, 0, TaskResult.REFUSED);
        run(1, JOB, 3, 1, TaskResult.SUCCEEDED);
        run(1, JOB, 0, 0, TaskResult.SUCCEEDED);
        run(1, JOB, 2, 0, TaskResult.SUCCEEDED);
        run(1, JOB, 4, 0, TaskResult.SUCCEEDED);
        commit();
        isClean();
    }

    @Test
    void aGraphGoesOnInANewSession() {
        graph(JOB, step("a", 2), step("b", 1, "a"));
        run(1, JOB, 0, 0, TaskResult.SUCCEEDED);
        task(1, JOB, 1, 0);
        ready(2, 9, 0, 0);
        run(2, JOB, 1, 0, TaskResult.SUCCEEDED);
        run(2, JOB, 2, 0, TaskResult.SUCCEEDED);
        add(2, JOB, Kind.COMMIT, -1, 0);
        ended(TaskResult.SUCCEEDED);
        tell(JobEventKind.JOB_SUCCEEDED, 2, JOB);
        tell(JobEventKind.JOB_ENDED, 2, JOB);
        task(2, 9, 0, 0);
        isClean();
    }

    @Test
    void aTaskRunsBeforeAStageThatItWaitsForHasEnded() {
        graph(JOB, step("a", 2), step("b", 1, "a"));
        run(1, JOB, 0, 0, TaskResult.SUCCEEDED);
        run(1, JOB, 2, 0, TaskResult.SUCCEEDED);
        run(1, JOB, 1, 0, TaskResult.SUCCEEDED);
        commit();
        isOnly(Wrong.TOO_EARLY);
    }

    @Test
    void aTaskRunsBeforeItsPartnerHasEnded() {
        graph(JOB, step("a", 2), step("b", 2, "each a"));
        run(1, JOB, 0, 0, TaskResult.SUCCEEDED);
        run(1, JOB, 3, 0, TaskResult.SUCCEEDED);
        run(1, JOB, 1, 0, TaskResult.SUCCEEDED);
        run(1, JOB, 2, 0, TaskResult.SUCCEEDED);
        commit();
        isOnly(Wrong.TOO_EARLY);
    }

    @Test
    void theCommitTaskRunsBeforeAllTasksHaveEnded() {
        graph(JOB, step("a", 2));
        run(1, JOB, 0, 0, TaskResult.SUCCEEDED);
        add(1, JOB, Kind.COMMIT, -1, 0);
        isOnly(Wrong.TOO_EARLY, Wrong.LOST);
    }

    @Test
    void aTaskThatHasEndedRunsAgain() {
        graph(JOB, step("a", 2));
        run(1, JOB, 0, 0, TaskResult.SUCCEEDED);
        ready(2, 9, 0, 0);
        task(2, 9, 0, 0);
        run(2, JOB, 0, 0, TaskResult.SUCCEEDED);
        isOnly(Wrong.DUPLICATED, Wrong.MISCOUNTED, Wrong.LOST);
    }

    @Test
    void aTaskIsTriedAgainAlthoughItWasNotSaidToHaveFailed() {
        graph(JOB, step("a", 1, When.ALL, 3));
        task(1, JOB, 0, 0);
        run(1, JOB, 0, 1, TaskResult.SUCCEEDED);
        commit();
        isOnly(Wrong.INVENTED);
    }

    @Test
    void aFailedTaskIsNotTriedAgain() {
        graph(JOB, step("a", 1, When.ALL, 2));
        run(1, JOB, 0, 0, TaskResult.FAILED);
        isOnly(Wrong.LOST);
    }

    @Test
    void aFailureStopsTheJob() {
        graph(JOB, step("a", 1), step("b", 2), step("c", 2, "a"));
        task(1, JOB, 1, 0);
        run(1, JOB, 0, 0, TaskResult.FAILED);
        fail();
        cleanUp();
        isClean();
        killed.clear();
        isOnly(Wrong.KILL);
        stop(1, JOB, BROKEN, -1, 0);
        stop(1, JOB, BROKEN, -1, 0);
        isOnly(Wrong.KILL);
    }

    @Test
    void aTaskRunsAlthoughTheJobHasFailed() {
        graph(JOB, step("a", 1), step("b", 2));
        run(1, JOB, 0, 0, TaskResult.FAILED);
        fail();
        task(1, JOB, 1, 0);
        cleanUp();
        isOnly(Wrong.DISOBEYED);
    }

    @Test
    void theRestOfAJobThatHasFailedRuns() {
        graph(JOB, step("a", 1), step("b", 2), step("c", 1, "b"), step("d", 1, When.ENDED, 1, "c"));
        task(1, JOB, 1, 0);
        task(1, JOB, 2, 0);
        run(1, JOB, 0, 0, TaskResult.FAILED);
        tellReason(JobEventKind.JOB_FAILED, 1, JOB, BROKEN);
        stop(1, JOB, BROKEN, 1, 2);
        decide(1, JOB, 3, 1, "the job has failed: " + BROKEN);
        tellEnd(report(assigned.get(1), TaskResult.KILLED, BROKEN));
        tellEnd(report(assigned.get(2), TaskResult.KILLED, BROKEN));
        run(1, JOB, 4, 0, TaskResult.SUCCEEDED);
        cleanUp();
        isClean();
        killed.clear();
        isOnly(Wrong.KILL);
        stop(1, JOB, BROKEN, 1, 1);
        isOnly(Wrong.KILL);
        killed.clear();
        stop(1, JOB, "another reason", 1, 2);
        isOnly(Wrong.KILL);
    }

    /** No stage waits for the end of another one, so nothing of the job goes on. */
    @Test
    void aStageThatWaitsForNothingStopsWithItsJob() {
        graph(JOB, step("a", 2, When.ENDED, 2));
        run(1, JOB, 1, 0, TaskResult.FAILED);
        run(1, JOB, 0, 0, TaskResult.FAILED);
        run(1, JOB, 0, 1, TaskResult.FAILED);
        fail();
        decide(1, JOB, 1, 1, "the job has failed: " + BROKEN);
        cleanUp();
        isClean();
    }

    @Test
    void aTaskIsKilledThatCannotRun() {
        graph(GOES_ON, step("a", 2), step("x", 2), step("b", 2, "each x", "each a"));
        tell(JobEventKind.JOB_BEGAN, 1, JOB);
        run(1, JOB, 2, 0, TaskResult.SUCCEEDED);
        run(1, JOB, 3, 0, TaskResult.SUCCEEDED);
        run(1, JOB, 0, 0, TaskResult.FAILED);
        decide(1, JOB, 4, 1, "it waits for stage a, which has not succeeded");
        run(1, JOB, 1, 0, TaskResult.SUCCEEDED);
        run(1, JOB, 5, 0, TaskResult.SUCCEEDED);
        failAtTheEnd();
        isClean();
    }

    @Test
    void theReasonOfAKillNamesAStageThatHasSucceeded() {
        graph(GOES_ON, step("a", 1), step("x", 1), step("b", 1, "x", "a"));
        tell(JobEventKind.JOB_BEGAN, 1, JOB);
        run(1, JOB, 0, 0, TaskResult.FAILED);
        run(1, JOB, 1, 0, TaskResult.SUCCEEDED);
        decide(1, JOB, 2, 1, "it waits for stage x, which has not succeeded");
        failAtTheEnd();
        isOnly(Wrong.KILLED_WRONGLY);
    }

    @Test
    void aTaskIsKilledThatCouldRun() {
        graph(GOES_ON, step("a", 1), step("x", 1), step("b", 1, When.ANY, 1, "x", "a"));
        tell(JobEventKind.JOB_BEGAN, 1, JOB);
        run(1, JOB, 0, 0, TaskResult.FAILED);
        run(1, JOB, 1, 0, TaskResult.SUCCEEDED);
        decide(1, JOB, 2, 1, "nothing that it waits for has succeeded, stage a among it");
        failAtTheEnd();
        isOnly(Wrong.KILLED_WRONGLY);
    }

    @Test
    void aTaskThatHasEndedIsKilled() {
        graph(GOES_ON, step("a", 1), step("b", 1, When.ENDED, 1, "a"), step("c", 1, "a"));
        tell(JobEventKind.JOB_BEGAN, 1, JOB);
        run(1, JOB, 0, 0, TaskResult.FAILED);
        run(1, JOB, 1, 0, TaskResult.SUCCEEDED);
        decide(1, JOB, 2, 1, "it waits for stage a, which has not succeeded");
        decide(1, JOB, 2, 1, "it waits for stage a, which has not succeeded");
        failAtTheEnd();
        isOnly(Wrong.KILLED_WRONGLY);
    }

    @Test
    void aJobSucceedsAlthoughATaskFailed() {
        graph(GOES_ON, step("a", 1));
        tell(JobEventKind.JOB_BEGAN, 1, JOB);
        run(1, JOB, 0, 0, TaskResult.FAILED);
        tell(JobEventKind.JOB_SUCCEEDED, 1, JOB);
        tell(JobEventKind.JOB_ENDED, 1, JOB);
        isOnly(Wrong.WRONG_END);
    }

    @Test
    void aJobFailsAlthoughItsFailureIsExcused() {
        graph(GOES_ON, step("a", 1), step("b", 1, When.ENDED, 1, "a"));
        tell(JobEventKind.JOB_BEGAN, 1, JOB);
        run(1, JOB, 0, 0, TaskResult.FAILED);
        run(1, JOB, 1, 0, TaskResult.SUCCEEDED);
        failAtTheEnd();
        isOnly(Wrong.WRONG_END);
    }

    @Test
    void aJobEndsWithoutItsCommitTask() {
        graph(JOB, step("a", 1));
        run(1, JOB, 0, 0, TaskResult.SUCCEEDED);
        tell(JobEventKind.JOB_SUCCEEDED, 1, JOB);
        tell(JobEventKind.JOB_ENDED, 1, JOB);
        isOnly(Wrong.WRONG_END);
    }

    @Test
    void aJobEndsBeforeATask() {
        graph(GOES_ON, step("a", 1), step("b", 1));
        tell(JobEventKind.JOB_BEGAN, 1, JOB);
        run(1, JOB, 0, 0, TaskResult.FAILED);
        failAtTheEnd();
        isOnly(Wrong.WRONG_END, Wrong.LOST);
    }

    @Test
    void aJobEndsTwice() {
        graph(JOB, step("a", 1));
        run(1, JOB, 0, 0, TaskResult.SUCCEEDED);
        commit();
        tell(JobEventKind.JOB_ENDED, 1, JOB);
        isOnly(Wrong.WRONG_END, Wrong.CONTRADICTION);
    }

    @Test
    void aCancelledJobIsCleanedUp() {
        graph(JOB, step("a", 2), step("b", 1, "a"));
        run(1, JOB, 0, 0, TaskResult.SUCCEEDED);
        cancel(1, JOB);
        cleanUp();
        isClean();
    }

    @Test
    void aGraphIsNeverBegun() {
        graph(new Terms(-1, JOB, 1, 0, false, false, false), step("a", 1));
        isOnly(Wrong.LOST);
    }

    @Test
    void aGraphOfASessionThatWasCutShortMayBeVoid() {
        graph(new Terms(3, JOB, 1, 0, false, false, false), step("a", 1));
        isClean();
        graphs.clear();
        graph(new Terms(1, JOB, 1, 0, false, false, false), step("a", 1));
        isOnly(Wrong.LOST);
    }

    @Test
    void aGraphWithoutSenseIsRefused() {
        graph(GOES_ON, step("a", 1, "c"), step("b", 1, "a"), step("c", 1, "b"));
        tellReason(JobEventKind.JOB_REFUSED, 1, JOB, "a cycle");
        letter("graphs-0@0");
        isClean();
        refused.clear();
        isOnly(Wrong.DEAD_LETTER);
        letter("graphs-0@0");
        told.remove(told.size() - 1);
        isOnly(Wrong.WRONG_END);
    }

    @Test
    void aTaskOfAGraphWithoutSenseIsDispatched() {
        graph(GOES_ON, step("a", 1), step("b", 1, "nowhere"));
        tellReason(JobEventKind.JOB_REFUSED, 1, JOB, "no stage nowhere");
        letter("graphs-0@0");
        task(1, JOB, 0, 0);
        isOnly(Wrong.INVENTED, Wrong.WRONG_END, Wrong.CONTRADICTION);
    }
}
