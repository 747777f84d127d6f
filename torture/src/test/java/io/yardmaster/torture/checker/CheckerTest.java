package io.yardmaster.torture.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.End;
import io.yardmaster.torture.checker.Evidence.EndKind;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Evidence.Ready;
import io.yardmaster.torture.checker.Evidence.Taken;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Runs the checker on made-up evidence: it accuses no correct history, and each kind of violation. */
class CheckerTest {
    private final List<Ready> ready = new ArrayList<>();
    private final List<End> ends = new ArrayList<>();
    private final List<Assigned> assigned = new ArrayList<>();
    private final List<Taken> taken = new ArrayList<>();

    private void ready(long session, long job, int attempt, Integer... indices) {
        ready.add(new Ready(0, ready.size(), 1_000, session, job, 1, List.of(indices), attempt));
    }

    private void end(EndKind kind, long session, long job) {
        ends.add(new End(kind, 0, ends.size(), 1_000, session, job));
    }

    private void task(long session, long job, int index, int attempt) {
        add(session, job, Kind.TASK, index, attempt);
    }

    private void add(long session, long job, Kind kind, int index, int attempt) {
        int at = assigned.size();
        assigned.add(new Assigned(0, at, 2_000 + at, at, session, session, job, 1, kind, index, attempt));
        taken.add(new Taken(0, at + 1, 2_000 + at));
    }

    private Verdict verdict() {
        Checker.Terms terms = new Checker.Terms(3, Duration.ofSeconds(30), Set.of(1L, 2L), Map.of());
        return Checker.judge(new Evidence(ready, ends, assigned, taken), terms, new Verdict())
                .verdict();
    }

    private void isOnly(Wrong wrong) {
        Verdict verdict = verdict();
        assertThat(verdict.count(wrong)).as("%s", verdict).isPositive();
        for (Wrong other : Wrong.values()) {
            assertThat(other == wrong ? 0 : verdict.count(other))
                    .as("%s", verdict)
                    .isZero();
        }
    }

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
        assertThat(verdict().isClean()).as("%s", verdict()).isTrue();
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
        isOnly(Wrong.OUT_OF_ORDER);
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
        assertThat(verdict().isClean()).as("%s", verdict()).isTrue();
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
        assigned.add(new Assigned(1, 0, 2_001, 0, 1, 1, 8, 1, Kind.TASK, 0, 0));
        taken.add(new Taken(1, 1, 2_001));
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
        assigned.add(new Assigned(1, 0, 2_001, 2, 3, 3, 7, 1, Kind.TASK, 1, 0));
        taken.add(new Taken(1, 1, 2_001));
        isOnly(Wrong.OLD_SESSION);
    }
}
