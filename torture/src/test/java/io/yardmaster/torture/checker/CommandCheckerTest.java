package io.yardmaster.torture.checker;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.torture.checker.CommandEvidence.Asked;
import io.yardmaster.torture.checker.CommandEvidence.Refused;
import io.yardmaster.torture.checker.Evidence.EndKind;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Evidence.Taken;
import io.yardmaster.torture.checker.Verdict.Wrong;
import org.junit.jupiter.api.Test;

/** Runs the checker on made-up commands, answers, dead letters and kills, and on tasks that a command excuses. */
class CommandCheckerTest extends MadeUpEvidence {
    @Test
    void aCorrectHistoryIsNotAccused() {
        drop(ask(CommandType.PAUSE, -1, 7), "unknown_job", 1);
        ready(1, 7, 0, 0, 1, 2);
        ready(1, 8, 0, 0, 1);
        ready(1, 9, 0, 0, 1);
        task(1, 7, 0, 0);
        pause(1, 7);
        drop(ask(CommandType.PAUSE, 1, 7), "no_change", 1);
        refuse(ask(CommandType.CANCEL, -2, 7));
        refuse(ask(8, CommandType.CANCEL, 1, 7));
        task(1, 8, 0, 0);
        cancel(1, 8);
        drop(ask(CommandType.CANCEL, 1, 8), "no_change", 1);
        end(EndKind.COMMIT, 1, 8);
        end(EndKind.CLEANUP, 1, 8);
        add(1, 8, Kind.CLEANUP, -1, 0);
        drop(ask(CommandType.CANCEL, 1, 8), "ended", 1);
        task(1, 9, 0, 0);
        task(1, 9, 1, 0);
        resume(1, 7);
        drop(ask(CommandType.RESUME, 1, 7), "no_change", 1);
        task(1, 7, 1, 0);
        task(1, 7, 2, 0);
        ready(2, 10, 0, 0);
        drop(ask(CommandType.CANCEL, 1, 7), "old_session", 2);
        task(2, 10, 0, 0);
        isClean();
    }

    @Test
    void aCancelledJobHasNoCommitTask() {
        end(EndKind.COMMIT, 1, 7);
        tell(JobEventKind.JOB_COMMITTING, 1, 7);
        cancel(1, 7);
        isClean();
    }

    @Test
    void aCommandHasNoAnswer() {
        ask(CommandType.RESUME, 1, 7);
        isOnly(Wrong.ANSWER);
    }

    @Test
    void aCommandHasTwoAnswers() {
        ready(3, 7, 0, 0);
        Asked command = ask(CommandType.RESUME, 3, 7);
        drop(command, "no_change", 3);
        drop(command, "no_change", 3);
        isOnly(Wrong.ANSWER);
    }

    @Test
    void aCommandToCancelPausesTheJob() {
        ready(3, 7, 0, 0);
        answer(ask(CommandType.CANCEL, 3, 7), JobEventKind.JOB_PAUSED, 3);
        isOnly(Wrong.ANSWER);
    }

    @Test
    void aCommandIsCarriedOutInANewerSession() {
        ready(3, 7, 0, 0);
        answer(ask(CommandType.PAUSE, 2, 7), JobEventKind.JOB_PAUSED, 3);
        isOnly(Wrong.ANSWER);
    }

    @Test
    void aCommandIsCarriedOutOnAnotherJob() {
        ready(3, 7, 0, 0);
        Asked command = ask(CommandType.PAUSE, 3, 8);
        Asked ofOtherJob = new Asked(command.position(), 7, 3, 7, CommandType.PAUSE, 0, command.reason(), BY);
        answer(ofOtherJob, JobEventKind.JOB_PAUSED, 3);
        isOnly(Wrong.ANSWER);
    }

    @Test
    void O5_aJobGetsThePriorityThatWasAskedForOnce() {
        ready(3, 7, 0, 0);
        answer(ask(CommandType.SET_PRIORITY, 3, 7), JobEventKind.JOB_PRIORITIZED, 3);
        drop(ask(CommandType.SET_PRIORITY, 3, 7), "no_change", 3);
        isClean();
        answer(ask(CommandType.SET_PRIORITY, 3, 7), JobEventKind.JOB_PRIORITIZED, 3);
        isOnly(Wrong.CONTRADICTION);
    }

    @Test
    void L1_aJobWithAPriorityGoesBeforeOthers() {
        ready(3, 7, 0, 0, 1, 2);
        ready(3, 8, 0, 0, 1);
        answer(ask(CommandType.SET_PRIORITY, 3, 7), JobEventKind.JOB_PRIORITIZED, 3);
        task(3, 8, 0, 0);
        task(3, 7, 0, 0);
        task(3, 7, 1, 0);
        task(3, 7, 2, 0);
        task(3, 8, 1, 0);
        isClean();
    }

    @Test
    void aPriorityIsAnsweredWithAnother() {
        ready(3, 7, 0, 0);
        Asked command = ask(CommandType.SET_PRIORITY, 3, 7);
        asked.set(0, new Asked(command.position(), 7, 3, 7, CommandType.SET_PRIORITY, -1_000, command.reason(), BY));
        answer(command, JobEventKind.JOB_PRIORITIZED, 3);
        isOnly(Wrong.ANSWER);
    }

    @Test
    void aJobIsPausedThoughNobodyAsked() {
        ready(3, 7, 0, 0);
        tell(JobEventKind.JOB_PAUSED, 3, 7);
        isOnly(Wrong.ANSWER);
    }

    @Test
    void aCommandWithoutSenseIsAnswered() {
        ready(3, 7, 0, 0);
        Asked command = ask(CommandType.PAUSE, -2, 7);
        refuse(command);
        drop(command, "old_session", 3);
        isOnly(Wrong.ANSWER);
    }

    @Test
    void aCommandWithoutSenseIsNoDeadLetter() {
        ask(CommandType.PAUSE, -2, 7);
        isOnly(Wrong.DEAD_LETTER);
    }

    @Test
    void aCommandAboutAnUnknownJobIsADeadLetter() {
        Asked command = ask(CommandType.PAUSE, 1, 7);
        drop(command, "unknown_job", 1);
        refuse(command);
        isOnly(Wrong.DEAD_LETTER);
    }

    @Test
    void aCommandIsADeadLetterTwice() {
        Asked command = ask(CommandType.PAUSE, -2, 7);
        refuse(command);
        refuse(command);
        isOnly(Wrong.DEAD_LETTER);
    }

    @Test
    void anEventThatMakesSenseIsADeadLetter() {
        refused.add(new Refused("ready-0@5", "a reason"));
        isOnly(Wrong.DEAD_LETTER);
    }

    @Test
    void aCancelledJobHasNoKill() {
        ready(3, 7, 0, 0);
        answer(ask(CommandType.CANCEL, 3, 7), JobEventKind.JOB_CANCELLED, 3);
        isOnly(Wrong.KILL);
    }

    @Test
    void aCancelledJobHasTwoKills() {
        ready(3, 7, 0, 0);
        cancel(3, 7);
        kill(asked.get(0), 3);
        isOnly(Wrong.KILL);
    }

    @Test
    void aJobIsKilledByACommandThatWasDropped() {
        ready(3, 7, 0, 0);
        end(EndKind.ENDED, 3, 7);
        tell(JobEventKind.JOB_ENDED, 3, 7);
        Asked command = ask(CommandType.CANCEL, 3, 7);
        drop(command, "ended", 3);
        kill(command, 3);
        isOnly(Wrong.KILL);
    }

    @Test
    void aKillIsOfAnotherSession() {
        ready(3, 7, 0, 0);
        answer(ask(CommandType.CANCEL, 3, 7), JobEventKind.JOB_CANCELLED, 3);
        kill(asked.get(0), 4);
        isOnly(Wrong.KILL);
    }

    @Test
    void theCleanupTaskOfACancelledJobIsMissing() {
        ready(1, 7, 0, 0);
        cancel(1, 7);
        end(EndKind.CLEANUP, 1, 7);
        isOnly(Wrong.LOST);
    }

    @Test
    void aTaskOfAJobThatWasResumedIsMissing() {
        ready(1, 7, 0, 0, 1);
        task(1, 7, 0, 0);
        pause(1, 7);
        resume(1, 7);
        isOnly(Wrong.LOST);
    }

    @Test
    void aJobThatWasPausedMissesTurnsButNoneAfterItsPause() {
        ready(3, 7, 0, 0, 1, 2);
        ready(3, 8, 0, 0, 1, 2, 3);
        task(3, 7, 0, 0);
        pause(3, 7);
        task(3, 8, 0, 0);
        task(3, 8, 1, 0);
        resume(3, 7);
        task(3, 7, 1, 0);
        isClean();
        task(3, 8, 2, 0);
        task(3, 8, 3, 0);
        task(3, 7, 2, 0);
        isOnly(Wrong.OUT_OF_TURN);
    }

    @Test
    void aJobThatIsResumedMayHaveASecondTurn() {
        ready(1, 7, 0, 0, 1);
        ready(1, 8, 0, 0, 1);
        task(1, 8, 0, 0);
        task(1, 7, 0, 0);
        pause(1, 7);
        resume(1, 7);
        task(1, 7, 1, 0);
        task(1, 8, 1, 0);
        isClean();
    }

    @Test
    void theTimeOfAPauseIsNoStall() {
        pausedFor(38_000);
        isClean();
    }

    @Test
    void nothingGoesOnAfterAPause() {
        pausedFor(1_000);
        isOnly(Wrong.STALLED);
    }

    /** The next task is taken 40 s after the pause began. */
    private void pausedFor(long millis) {
        ready(1, 7, 0, 0, 1);
        task(1, 7, 0, 0);
        pause(1, 7);
        resume(1, 7);
        changeLast(2_000 + millis, 1);
        task(1, 7, 1, 0);
        taken.remove(1);
        taken.add(new Taken(0, 2, 42_000));
    }
}
