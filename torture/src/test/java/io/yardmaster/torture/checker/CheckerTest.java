package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.EndKind;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Evidence.Ready;
import io.yardmaster.torture.checker.Evidence.Taken;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the checker on made-up evidence: it accuses no correct history, and each kind of violation. */
class CheckerTest extends MadeUpEvidence {
    @Test
    void aCorrectHistoryIsNotAccused() {
        ready(1, 7, 0, 0, 1, 2);
        ready(1, 7, 0, 1, 2, 3);
        ready(1, 7, 1, 0);
        ready(1, 7, 0, 0);
        ready(1, 8, 0, 0, 1, 2);
        end(EndKind.COMMIT, 1, 8);
        end(EndKind.COMMIT, 1, 8);
        ready(2, 9, 0, 0);
        ready(1, 7, 0, 50);
        task(1, 7, 0, 0);
        task(1, 8, 0, 0);
        task(1, 7, 1, 0);
        add(1, 8, Kind.COMMIT, -1, 0);
        task(1, 7, 2, 0);
        task(1, 7, 3, 0);
        task(1, 7, 0, 1);
        task(2, 9, 0, 0);
        isClean();
    }

    @Test
    void theLastTaskIsMissing() {
        ready(1, 7, 0, 0, 1);
        task(1, 7, 0, 0);
        isOnly(Wrong.LOST);
    }

    @Test
    void aTaskInTheMiddleIsMissingInASessionThatWasCutShort() {
        ready(3, 7, 0, 0, 1, 2);
        task(3, 7, 0, 0);
        task(3, 7, 2, 0);
        isOnly(Wrong.LOST);
    }

    @Test
    void aHigherAttemptIsMissing() {
        ready(1, 7, 0, 0);
        ready(1, 7, 1, 0);
        task(1, 7, 0, 0);
        isOnly(Wrong.LOST);
    }

    @Test
    void aCommitTaskIsMissing() {
        end(EndKind.COMMIT, 1, 7);
        isOnly(Wrong.LOST);
    }

    @Test
    void aTaskAppearsTwice() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        task(1, 7, 0, 0);
        isOnly(Wrong.DUPLICATED);
    }

    @Test
    void aTaskWasNeverMadeReady() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        task(1, 7, 1, 0);
        isOnly(Wrong.INVENTED);
    }

    @Test
    void aCleanupTaskAppearsThoughThereIsNone() {
        end(EndKind.ENDED, 1, 7);
        add(1, 7, Kind.CLEANUP, -1, 0);
        isOnly(Wrong.INVENTED);
    }

    @Test
    void tasksOfAJobAreSwapped() {
        ready(1, 7, 0, 0, 1);
        task(1, 7, 1, 0);
        task(1, 7, 0, 0);
        isOnly(Wrong.OUT_OF_ORDER);
    }

    @Test
    void aTaskComesAfterItsJobsCommitTask() {
        ready(1, 7, 0, 0);
        end(EndKind.COMMIT, 1, 7);
        add(1, 7, Kind.COMMIT, -1, 0);
        task(1, 7, 0, 0);
        isOnly(Wrong.OUT_OF_ORDER, Wrong.CONTRADICTION);
    }

    @Test
    void aJobHasTwoTurnsBetweenTwoOfAnotherOneOfItsGroup() {
        byGroup = true;
        aJobHasTwoTurnsBetweenTwoOfAnother();
    }

    @Test
    void aJobHasTwoTurnsBetweenTwoOfAnother() {
        ready(1, 7, 0, 0, 1, 2);
        ready(1, 8, 0, 0, 1);
        task(1, 8, 0, 0);
        task(1, 7, 0, 0);
        task(1, 7, 1, 0);
        task(1, 8, 1, 0);
        task(1, 7, 2, 0);
        isOnly(Wrong.OUT_OF_TURN);
    }

    @Test
    void aJobMayHaveHadNothingToDoBetweenItsTurns() {
        ready(1, 8, 0, 0);
        ready(1, 7, 0, 0, 1);
        ready(1, 8, 0, 1);
        task(1, 8, 0, 0);
        task(1, 7, 0, 0);
        task(1, 7, 1, 0);
        task(1, 8, 1, 0);
        isClean();
    }

    @Test
    void somethingOfAnOldSessionComesAfterANewOne() {
        ready(3, 7, 0, 0, 1);
        ready(4, 8, 0, 0);
        task(3, 7, 0, 0);
        task(4, 8, 0, 0);
        task(3, 7, 1, 0);
        isOnly(Wrong.OLD_SESSION);
    }

    @Test
    void anIdIsUsedTwice() {
        ready(1, 7, 0, 0);
        ready(1, 8, 0, 0);
        task(1, 7, 0, 0);
        assigned.add(new Assigned(1, 0, 2_001, 0, 1, 1, 8, 1, Kind.TASK, 0, 0, ""));
        taken.add(new Taken(1, 1, 2_001));
        tellDispatched(1, 8, Kind.TASK, 0, 1, 0);
        isOnly(Wrong.ID_USED_TWICE);
    }

    @Test
    void moreIsOutThanTheWindowHasRoomFor() {
        ready(1, 7, 0, 0, 1, 2, 3);
        for (int index = 0; index < 4; index++) {
            task(1, 7, index, 0);
        }
        taken.clear();
        taken.add(new Taken(0, 4, 3_000));
        isOnly(Wrong.WINDOW_EXCEEDED);
    }

    @Test
    void nothingGoesOnThoughSomethingIsReady() {
        ready(1, 7, 0, 0, 1);
        task(1, 7, 0, 0);
        task(1, 7, 1, 0);
        taken.remove(1);
        taken.add(new Taken(0, 2, 40_000));
        isOnly(Wrong.STALLED);
    }

    @Test
    void oneLanePartitionDoesNotGoOnWhileAnotherDoes() {
        ready(1, 7, 0, 0, 1);
        ready.add(new Ready(1, 0, 1_000, 1, 8, 1, List.of(0, 1), 0));
        tell(JobEventKind.JOB_BEGAN, 1, 8);
        task(1, 7, 0, 0);
        task(1, 8, 0, 0);
        task(1, 8, 1, 0);
        task(1, 7, 1, 0);
        taken.clear();
        taken.add(new Taken(0, 2, 2_000));
        taken.add(new Taken(0, 3, 22_000));
        taken.add(new Taken(0, 4, 42_000));
        isOnly(Wrong.STALLED);
    }

    @Test
    void theFleetNeverGetsToAnAssignment() {
        ready(1, 7, 0, 0, 1);
        task(1, 7, 0, 0);
        task(1, 7, 1, 0);
        taken.remove(1);
        isOnly(Wrong.NOT_TAKEN);
    }

    @Test
    void somethingOfAnOldSessionIsDispatchedElsewhereAfterANewOne() {
        ready(3, 7, 0, 0, 1);
        ready(4, 8, 0, 0);
        task(3, 7, 0, 0);
        task(4, 8, 0, 0);
        assigned.add(new Assigned(1, 0, 2_001, 2, 3, 3, 7, 1, Kind.TASK, 1, 0, ""));
        taken.add(new Taken(1, 1, 2_001));
        tellDispatched(3, 7, Kind.TASK, 1, 1, 0);
        isOnly(Wrong.OLD_SESSION);
    }
}
