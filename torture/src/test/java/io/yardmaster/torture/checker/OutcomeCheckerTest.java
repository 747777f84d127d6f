package io.yardmaster.torture.checker;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.torture.checker.CommandEvidence.Refused;
import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.EndKind;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Evidence.Taken;
import io.yardmaster.torture.checker.Evidence.Unit;
import io.yardmaster.torture.checker.ReportedOutcome.Said;
import io.yardmaster.torture.checker.Verdict.Wrong;
import org.junit.jupiter.api.Test;

/** Runs the checker on made-up outcomes, the events about them, and tasks that are offered again. Sessions 1 and 2 are complete. */
class OutcomeCheckerTest extends MadeUpEvidence {
    @Test
    void aCorrectHistoryIsNotAccused() {
        ready(1, 7, 0, 0, 1, 2);
        ready(1, 8, 0, 0);
        task(1, 7, 0, 0);
        Assigned first = latest();
        ended(TaskResult.SUCCEEDED);
        task(1, 8, 0, 0);
        tellEnd(report(latest(), TaskResult.REFUSED, "no room"));
        report(first, TaskResult.FAILED, "late");
        task(1, 7, 1, 0);
        ended(TaskResult.KILLED);
        task(1, 8, 0, 0);
        task(1, 7, 2, 0);
        tellEnd(report(latest(), TaskResult.FAILED, "broken"));
        letter(report(99L, said(latest(), latest().unit(), "")));
        letter(report(null, said(latest(), latest().unit(), "")));
        letter(report(7L, null));
        report(1234L, new Said(first.id(), 1, new Unit(1, 1234, Kind.TASK, 0, 0), TaskResult.FAILED, "", ""));
        report(7L, new Said(1L << 40, 1, first.unit(), TaskResult.FAILED, "", ""));
        report(7L, new Said(first.id(), 1, new Unit(0, 7, Kind.TASK, 0, 0), TaskResult.FAILED, "", ""));
        isClean();
    }

    private static Said said(Assigned one, Unit unit, String reason) {
        return new Said(one.id(), one.group(), unit, TaskResult.SUCCEEDED, reason, "worker");
    }

    @Test
    void oneEventTellsOfSeveralEnds() {
        ready(1, 7, 0, 4, 5, 6);
        for (int index = 4; index < 7; index++) {
            task(1, 7, index, 0);
            report(latest(), TaskResult.SUCCEEDED, "");
        }
        tellEnds(reported.get(0), 4, 3);
        isClean();
        told.remove(told.size() - 1);
        tellEnds(reported.get(0), 4, 2);
        isOnly(Wrong.NOT_COUNTED);
    }

    /** Two assignments with an outcome each, passed at once by an execution manager that writes outcomes. */
    private void passedBySpeaking(long time, long speakingSince) {
        ready(1, 7, 0, 0, 1);
        for (int index = 0; index < 2; index++) {
            task(1, 7, index, 0);
            ended(TaskResult.SUCCEEDED);
        }
        taken.clear();
        taken.add(new Taken(0, 2, time, speakingSince));
    }

    @Test
    void O2_anAssignmentIsPassedAfterItsOutcome() {
        passedBySpeaking(2_500, 0);
        isClean();
    }

    @Test
    void O2_anAssignmentIsPassedBeforeItsOutcome() {
        passedBySpeaking(2_001, 0);
        isOnly(Wrong.UNREPORTED);
    }

    @Test
    void O2_anOutcomeOfTheLoadIsNotTheExecutionManagers() {
        passedBySpeaking(2_500, 0);
        ReportedOutcome last = reported.remove(1);
        Said said = last.said();
        report(7L, new Said(said.id(), said.group(), said.unit(), said.result(), said.reason(), "early"));
        isOnly(Wrong.UNREPORTED);
    }

    @Test
    void O3_anAssignmentOfOneThatWritesNoOutcomesIsPassedWithoutOneAlsoByItsSuccessor() {
        passedBySpeaking(2_001, 2_002);
        isClean();
    }

    @Test
    void O2_whatANewerSessionHasVoidedIsPassedWithoutOutcome() {
        passedBySpeaking(2_001, 0);
        readyAt(2_001, 2, 8, 0, 0);
        task(2, 8, 0, 0);
        ended(TaskResult.SUCCEEDED);
        isClean();
    }

    @Test
    void anOutcomeIsNotCounted() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        report(latest(), TaskResult.SUCCEEDED, "");
        isOnly(Wrong.NOT_COUNTED);
    }

    @Test
    void theLastOutcomesOfASessionThatWasCutShortNeedNotCount() {
        ready(3, 7, 0, 0, 1);
        task(3, 7, 0, 0);
        ended(TaskResult.SUCCEEDED);
        task(3, 7, 1, 0);
        report(latest(), TaskResult.SUCCEEDED, "");
        isClean();
    }

    @Test
    void anOutcomeThatComesAfterItsSessionDoesNotCount() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        readyAt(2_001, 2, 8, 0, 0);
        task(2, 8, 0, 0);
        report(assigned.get(0), TaskResult.SUCCEEDED, "");
        isClean();
        ready.remove(1);
        readyAt(2_003, 2, 8, 0, 0);
        isOnly(Wrong.NOT_COUNTED);
    }

    @Test
    void anOutcomeIsNotCountedThoughALaterOneOfItsSessionIs() {
        ready(3, 7, 0, 0, 1);
        task(3, 7, 0, 0);
        report(latest(), TaskResult.SUCCEEDED, "");
        task(3, 7, 1, 0);
        ended(TaskResult.SUCCEEDED);
        isOnly(Wrong.NOT_COUNTED);
    }

    @Test
    void anOutcomeIsCountedTwice() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        ended(TaskResult.SUCCEEDED);
        tellEnd(reported.get(0));
        isOnly(Wrong.MISCOUNTED);
    }

    @Test
    void aRepeatWithAnotherResultIsCountedToo() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        ended(TaskResult.SUCCEEDED);
        ended(TaskResult.FAILED);
        isOnly(Wrong.MISCOUNTED);
    }

    @Test
    void theSecondOutcomeIsCountedInsteadOfTheFirst() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        report(latest(), TaskResult.SUCCEEDED, "");
        ended(TaskResult.FAILED);
        isOnly(Wrong.NOT_COUNTED, Wrong.MISCOUNTED);
    }

    @Test
    void anEventTellsOfAnEndWithoutAnOutcome() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        tellEnd(report(latest(), TaskResult.SUCCEEDED, ""));
        reported.clear();
        isOnly(Wrong.MISCOUNTED);
    }

    @Test
    void anEventHasAnotherReasonThanTheOutcome() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        tellEnd(report(latest(), TaskResult.FAILED, "broken"));
        reported.clear();
        report(latest(), TaskResult.FAILED, "no disk");
        isOnly(Wrong.NOT_COUNTED, Wrong.MISCOUNTED);
    }

    @Test
    void anOutcomeOfAnAssignmentThatNeverWasIsCounted() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        Said said = new Said(50, 1, latest().unit(), TaskResult.SUCCEEDED, "", "worker");
        tellEnd(report(7L, said));
        isOnly(Wrong.MISCOUNTED);
    }

    @Test
    void anOutcomeOfAnotherSessionIsCounted() {
        ready(2, 7, 0, 0);
        task(2, 7, 0, 0);
        tellEnd(report(7L, said(latest(), new Unit(1, 7, Kind.TASK, 0, 0), "")));
        isOnly(Wrong.MISCOUNTED, Wrong.CONTRADICTION, Wrong.NOT_AS_TOLD);
    }

    @Test
    void theEndOfATaskIsToldBeforeItsJobBegan() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        ended(TaskResult.SUCCEEDED);
        told.add(0, told.remove(2));
        told.replaceAll(event -> event.what().name().startsWith("TASKS_SUCC") ? movedToTheFront(event) : event);
        isOnly(Wrong.CONTRADICTION);
    }

    private static CommandEvidence.Told movedToTheFront(CommandEvidence.Told event) {
        return new CommandEvidence.Told(
                event.partition(),
                -1,
                event.time(),
                event.epoch(),
                event.session(),
                event.job(),
                event.group(),
                event.what(),
                event.firstTask(),
                event.tasks(),
                event.attempt(),
                event.priority(),
                event.reason(),
                event.by(),
                event.source());
    }

    @Test
    void anOutcomeWithoutSenseIsNoDeadLetter() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        report(7L, said(latest(), latest().unit(), "x".repeat(1_001)));
        isOnly(Wrong.DEAD_LETTER);
    }

    @Test
    void anOutcomeWithoutSenseIsCounted() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        ReportedOutcome late = report(8L, said(latest(), latest().unit(), ""));
        letter(late);
        tellEnd(late);
        isOnly(Wrong.MISCOUNTED);
    }

    @Test
    void aRepeatedOutcomeIsADeadLetter() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        ended(TaskResult.SUCCEEDED);
        letter(report(latest(), TaskResult.SUCCEEDED, ""));
        isOnly(Wrong.DEAD_LETTER);
    }

    @Test
    void aDeadLetterHasNoReason() {
        refused.add(new Refused(report(7L, null).position(), " "));
        isOnly(Wrong.DEAD_LETTER);
    }

    @Test
    void anOutcomeOfAnotherGroupIsADeadLetterBeforeTheEndOfItsAssignment() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        ReportedOutcome before = ofOtherGroup();
        ended(TaskResult.SUCCEEDED);
        ReportedOutcome after = ofOtherGroup();
        isOnly(Wrong.DEAD_LETTER);
        letter(before);
        isClean();
        letter(after);
        isOnly(Wrong.DEAD_LETTER);
    }

    private ReportedOutcome ofOtherGroup() {
        Assigned one = latest();
        return report(7L, new Said(one.id(), 2, one.unit(), TaskResult.SUCCEEDED, "", "worker"));
    }

    @Test
    void anOutcomeOfAnotherGroupMayComeAfterItsSession() {
        ready(3, 7, 0, 0);
        task(3, 7, 0, 0);
        ReportedOutcome outcome = ofOtherGroup();
        isClean();
        letter(outcome);
        isClean();
        letter(outcome);
        isOnly(Wrong.DEAD_LETTER);
    }

    @Test
    void aTaskIsRefusedTwiceAndOfferedThreeTimes() {
        ready(1, 7, 0, 0, 1);
        task(1, 7, 0, 0);
        ended(TaskResult.REFUSED);
        task(1, 7, 1, 0);
        task(1, 7, 0, 0);
        ended(TaskResult.REFUSED);
        task(1, 7, 0, 0);
        isClean();
        task(1, 7, 0, 0);
        isOnly(Wrong.DUPLICATED);
    }

    @Test
    void aRefusedTaskIsNotOfferedAgain() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        ended(TaskResult.REFUSED);
        isOnly(Wrong.LOST);
    }

    @Test
    void aTaskIsOfferedAgainThoughItFailed() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        ended(TaskResult.FAILED);
        task(1, 7, 0, 0);
        isOnly(Wrong.DUPLICATED);
    }

    @Test
    void aTaskIsOfferedAgainBeforeItWasRefused() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        Assigned first = latest();
        task(1, 7, 0, 0);
        tellEnd(report(7L, said(first, first.unit(), "")));
        ReportedOutcome refusal = reported.remove(0);
        told.remove(told.size() - 1);
        Said said = refusal.said();
        Said refused = new Said(said.id(), said.group(), said.unit(), TaskResult.REFUSED, "", "worker");
        ReportedOutcome late = new ReportedOutcome(refusal.position(), 0, 0, 5_000, 7L, refused);
        reported.add(late);
        tellEnd(late);
        isOnly(Wrong.DUPLICATED);
    }

    @Test
    void aRefusalThatWasNotCountedAllowsNoSecondOffer() {
        ready(3, 7, 0, 0);
        task(3, 7, 0, 0);
        report(latest(), TaskResult.REFUSED, "");
        task(3, 7, 0, 0);
        isOnly(Wrong.DUPLICATED);
    }

    @Test
    void theEndOfTheSessionExcusesARefusedTask() {
        ready(3, 7, 0, 0);
        task(3, 7, 0, 0);
        ended(TaskResult.REFUSED);
        isClean();
    }

    @Test
    void theEndOfTheJobExcusesARefusedTask() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        ended(TaskResult.REFUSED);
        end(EndKind.COMMIT, 1, 7);
        add(1, 7, Kind.COMMIT, -1, 0);
        isClean();
    }

    @Test
    void aCancelExcusesARefusedTaskButNoCleanupTask() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        ended(TaskResult.REFUSED);
        cancel(1, 7);
        isClean();
        end(EndKind.CLEANUP, 1, 7);
        add(1, 7, Kind.CLEANUP, -1, 0);
        ended(TaskResult.REFUSED);
        isOnly(Wrong.LOST);
        add(1, 7, Kind.CLEANUP, -1, 0);
        isClean();
    }

    @Test
    void aRefusedCommitTaskIsOfferedAgainUnlessACleanupOvertakesIt() {
        end(EndKind.COMMIT, 1, 7);
        add(1, 7, Kind.COMMIT, -1, 0);
        tellEnd(report(latest(), TaskResult.REFUSED, "no room"));
        isOnly(Wrong.LOST);
        end(EndKind.CLEANUP, 1, 7);
        add(1, 7, Kind.CLEANUP, -1, 0);
        isClean();
        add(1, 7, Kind.COMMIT, -1, 0);
        isOnly(Wrong.OUT_OF_ORDER, Wrong.CONTRADICTION);
    }

    @Test
    void aRefusedTaskIsOfferedAgainAfterItsJobsCommitTask() {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        ended(TaskResult.REFUSED);
        end(EndKind.COMMIT, 1, 7);
        add(1, 7, Kind.COMMIT, -1, 0);
        task(1, 7, 0, 0);
        isOnly(Wrong.OUT_OF_ORDER, Wrong.CONTRADICTION);
    }

    @Test
    void aCommandMayFindTheJobOfARefusedCleanupTaskOverOrNot() {
        end(EndKind.CLEANUP, 1, 7);
        add(1, 7, Kind.CLEANUP, -1, 0);
        drop(ask(CommandType.PAUSE, 1, 7), "ended", 1);
        ended(TaskResult.REFUSED);
        drop(ask(CommandType.PAUSE, 1, 7), "ended", 1);
        pause(1, 7);
        resume(1, 7);
        add(1, 7, Kind.CLEANUP, -1, 0);
        isClean();
        ended(TaskResult.SUCCEEDED);
        pause(1, 7);
        isOnly(Wrong.CONTRADICTION);
    }

    @Test
    void aRefusedTaskHasATurnOfItsJob() {
        ready(1, 7, 0, 0, 1, 2);
        ready(1, 8, 0, 0, 1, 2);
        task(1, 8, 0, 0);
        ended(TaskResult.REFUSED);
        task(1, 7, 0, 0);
        task(1, 8, 1, 0);
        task(1, 7, 1, 0);
        task(1, 8, 2, 0);
        task(1, 7, 2, 0);
        task(1, 8, 0, 0);
        isClean();
    }

    @Test
    void aJobHasTwoTurnsBetweenTwoOfAnotherBecauseATaskWasRefused() {
        ready(1, 7, 0, 0, 1);
        ready(1, 8, 0, 0, 1);
        task(1, 7, 0, 0);
        ended(TaskResult.REFUSED);
        task(1, 8, 0, 0);
        task(1, 7, 0, 0);
        task(1, 7, 1, 0);
        task(1, 8, 1, 0);
        isOnly(Wrong.OUT_OF_TURN);
    }

    @Test
    void outcomesMakeRoomInTheWindow() {
        ready(1, 7, 0, 0, 1, 2, 3);
        for (int index = 0; index < 4; index++) {
            task(1, 7, index, 0);
            if (index == 0) {
                ended(TaskResult.SUCCEEDED);
            }
        }
        taken.clear();
        taken.add(new Taken(0, 4, 3_000));
        isClean();
        told.removeIf(event -> event.isEnd());
        isOnly(Wrong.WINDOW_EXCEEDED, Wrong.NOT_COUNTED);
    }

    @Test
    void nothingGoesOnAfterARefusal() {
        refusedFor(1_000);
        isOnly(Wrong.STALLED);
    }

    @Test
    void theTimeBeforeARefusalIsNoStall() {
        refusedFor(38_000);
        isClean();
    }

    /** The task is taken again 40 s after its first assignment. */
    private void refusedFor(long millis) {
        ready(1, 7, 0, 0);
        task(1, 7, 0, 0);
        Assigned first = latest();
        ReportedOutcome soon = report(first, TaskResult.REFUSED, "");
        ReportedOutcome late =
                new ReportedOutcome(soon.position(), 0, soon.offset(), 2_000 + millis, soon.key(), soon.said());
        reported.clear();
        reported.add(late);
        tellEnd(late);
        assigned.add(new Assigned(0, 1, 41_900, 1, 1, 1, 7, 1, Kind.TASK, 0, 0, ""));
        taken.add(new Taken(0, 2, 42_000));
        tellDispatched(1, 7, Kind.TASK, 0, 1, 0);
    }
}
