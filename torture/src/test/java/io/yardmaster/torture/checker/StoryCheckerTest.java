package io.yardmaster.torture.checker;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.torture.checker.Evidence.EndKind;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Verdict.Wrong;
import org.junit.jupiter.api.Test;

/** Runs the checker on made-up events of jobs. */
class StoryCheckerTest extends MadeUpEvidence {
    @Test
    void rangesAddUpToAssignments() {
        ready(1, 7, 0, 4, 5, 6);
        task(1, 7, 4, 0);
        task(1, 7, 5, 0);
        task(1, 7, 6, 0);
        told.subList(1, 4).clear();
        tellDispatched(1, 7, Kind.TASK, 4, 2, 0);
        tellDispatched(1, 7, Kind.TASK, 6, 1, 0);
        isClean();
    }

    @Test
    void aTaskOfACancelledJobIsDispatched() {
        ready(3, 7, 0, 0);
        cancel(3, 7);
        task(3, 7, 0, 0);
        isOnly(Wrong.DISOBEYED);
    }

    @Test
    void theCommitTaskOfACancelledJobIsDispatched() {
        end(EndKind.COMMIT, 3, 7);
        add(3, 7, Kind.COMMIT, -1, 0);
        told.remove(2);
        cancel(3, 7);
        tellDispatched(3, 7, Kind.COMMIT, -1, 1, 0);
        isOnly(Wrong.DISOBEYED);
    }

    @Test
    void aTaskOfAPausedJobIsDispatched() {
        ready(3, 7, 0, 0);
        pause(3, 7);
        task(3, 7, 0, 0);
        isOnly(Wrong.DISOBEYED);
    }

    @Test
    void theCleanupTaskOfAPausedJobIsDispatched() {
        end(EndKind.CLEANUP, 3, 7);
        pause(3, 7);
        add(3, 7, Kind.CLEANUP, -1, 0);
        isOnly(Wrong.DISOBEYED);
    }

    @Test
    void aJobBeginsTwice() {
        ready(3, 7, 0, 0);
        tell(JobEventKind.JOB_BEGAN, 3, 7);
        isOnly(Wrong.CONTRADICTION);
    }

    @Test
    void aTaskIsDispatchedBeforeItsJobBegan() {
        ready(3, 7, 0, 0);
        told.clear();
        task(3, 7, 0, 0);
        isOnly(Wrong.CONTRADICTION);
    }

    @Test
    void aJobIsResumedThatWasNotPaused() {
        ready(3, 7, 0, 0);
        resume(3, 7);
        isOnly(Wrong.CONTRADICTION);
    }

    @Test
    void aJobIsCancelledTwice() {
        ready(3, 7, 0, 0);
        cancel(3, 7);
        cancel(3, 7);
        isOnly(Wrong.CONTRADICTION);
    }

    @Test
    void aJobCommitsWhileItCleansUp() {
        end(EndKind.CLEANUP, 3, 7);
        tell(JobEventKind.JOB_CLEANING_UP, 3, 7);
        tell(JobEventKind.JOB_COMMITTING, 3, 7);
        isOnly(Wrong.CONTRADICTION);
    }

    @Test
    void aJobIsPausedThatHasEnded() {
        end(EndKind.ENDED, 3, 7);
        tell(JobEventKind.JOB_ENDED, 3, 7);
        pause(3, 7);
        isOnly(Wrong.CONTRADICTION);
    }

    @Test
    void aTaskIsDispatchedAfterTheEndOfItsJob() {
        ready(3, 7, 0, 0);
        end(EndKind.ENDED, 3, 7);
        tell(JobEventKind.JOB_ENDED, 3, 7);
        task(3, 7, 0, 0);
        isOnly(Wrong.CONTRADICTION);
    }

    @Test
    void aCommandIsDroppedThatWouldHaveChangedSomething() {
        ready(3, 7, 0, 0);
        drop(ask(CommandType.PAUSE, 3, 7), "no_change", 3);
        isOnly(Wrong.CONTRADICTION);
    }

    @Test
    void aCommandIsDroppedThoughItsJobIsKnown() {
        ready(3, 7, 0, 0);
        drop(ask(CommandType.PAUSE, 3, 7), "unknown_job", 3);
        isOnly(Wrong.CONTRADICTION);
    }

    @Test
    void aCommandIsDroppedThoughItsJobHasNotEnded() {
        ready(3, 7, 0, 0);
        drop(ask(CommandType.PAUSE, 3, 7), "ended", 3);
        isOnly(Wrong.CONTRADICTION);
    }

    @Test
    void aCommandOfTheCurrentSessionIsDroppedForItsSession() {
        ready(3, 7, 0, 0);
        drop(ask(CommandType.PAUSE, 3, 7), "old_session", 3);
        isOnly(Wrong.CONTRADICTION);
    }

    @Test
    void noEventTellsOfAnAssignment() {
        ready(3, 7, 0, 0, 1);
        task(3, 7, 0, 0);
        task(3, 7, 1, 0);
        told.remove(told.size() - 1);
        isOnly(Wrong.NOT_AS_TOLD);
    }

    @Test
    void anEventTellsOfMoreThanWasAssigned() {
        ready(3, 7, 0, 0, 1);
        task(3, 7, 0, 0);
        told.remove(1);
        tellDispatched(3, 7, Kind.TASK, 0, 2, 0);
        isOnly(Wrong.NOT_AS_TOLD);
    }

    @Test
    void twoEventsTellOfOneAssignment() {
        ready(3, 7, 0, 0);
        task(3, 7, 0, 0);
        tellDispatched(3, 7, Kind.TASK, 0, 1, 0);
        isOnly(Wrong.NOT_AS_TOLD);
    }

    @Test
    void anEventTellsOfAnotherAttempt() {
        ready(3, 7, 0, 0);
        task(3, 7, 0, 0);
        told.remove(1);
        tellDispatched(3, 7, Kind.TASK, 0, 1, 1);
        isOnly(Wrong.NOT_AS_TOLD);
    }

    @Test
    void anEventHasTheHeaderOfAnotherSession() {
        ready(3, 7, 0, 0);
        changeLast(2_000, 4);
        isOnly(Wrong.NOT_AS_TOLD);
    }
}
