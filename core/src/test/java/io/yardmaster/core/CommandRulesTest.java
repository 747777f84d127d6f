package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.EventDropReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommandRulesTest {
    private final CoreFixture core = CoreFixture.withActiveJobs(2);

    @Test
    void O4_nothingOfACancelledJobIsOfferedAndItsPlaceIsTaken() {
        core.ready("A", 0, 1, 2).ready("B", 0).ready("P", 0);

        assertThat(core.command(Command.CANCEL, "A")).isEqualTo("CANCEL");

        assertThat(core.dropped(EventDropReason.DISCARDED)).isEqualTo(3);
        assertThat(core.ready("A", 3).restart().drain()).containsExactly("B.0", "P.0");
        assertThat(core.dropped(EventDropReason.FINALIZING)).isEqualTo(1);
    }

    @Test
    void O4_theCleanupTaskOfACancelledJobIsOfferedButItsCommitTaskIsNot() {
        core.ready("A", 0).commit("A").commit("B");
        core.command(Command.CANCEL, "A");
        core.commit("A").cleanup("A");
        assertThat(core.drain()).containsExactly("commit B", "cleanup A");
    }

    @Test
    void O4_repeatedCancelsChangeNothing() {
        core.ready("A", 0).command(Command.CANCEL, "A");
        assertThat(core.restart().command(Command.CANCEL, "A")).isEqualTo("NO_CHANGE");
        assertThat(core.end("A").command(Command.CANCEL, "A")).isEqualTo("ENDED");
    }

    @Test
    void O4_cancellingEndsAPauseSoThatTheCleanupTaskIsOffered() {
        core.ready("A", 0).command(Command.PAUSE, "A");
        core.cleanup("A");
        assertThat(core.drain()).isEmpty();
        core.command(Command.CANCEL, "A");
        assertThat(core.restart().drain()).containsExactly("cleanup A");
    }

    @Test
    void O5_aPausedJobKeepsItsTasksAndThoseThatCome() {
        core.ready("A", 0, 1).ready("B", 0);
        assertThat(core.tick(1)).containsExactly("A.0");
        core.command(Command.PAUSE, "A");
        assertThat(core.restart().ready("A", 2, 0).drain()).containsExactly("B.0");
        assertThat(core.scheduler().backlog()).isZero();
        assertThat(core.command(Command.PAUSE, "A")).isEqualTo("NO_CHANGE");
        assertThat(core.restart().command(Command.RESUME, "A")).isEqualTo("RESUME");
        assertThat(core.drain()).containsExactly("A.1", "A.2");
        assertThat(core.command(Command.RESUME, "A")).isEqualTo("NO_CHANGE");
    }

    @Test
    void O5_aPausedJobGivesItsPlaceToOne_andWaitsForOneAgain() {
        core.ready("A", 0).ready("B", 0).ready("P", 0);
        core.command(Command.PAUSE, "A");
        core.command(Command.RESUME, "A");
        assertThat(core.scheduler().pendingJobs()).isEqualTo(1);
        assertThat(core.drain()).containsExactly("B.0", "P.0", "A.0");
    }

    @Test
    void O5_theCommitTaskOfAPausedJobWaitsForItsEnd() {
        core.ready("A", 0).command(Command.PAUSE, "A");
        core.commit("A").commit("B");
        core.command(Command.PAUSE, "B");
        assertThat(core.restart().drain()).isEmpty();
        core.command(Command.RESUME, "B");
        core.command(Command.RESUME, "A");
        assertThat(core.restart().drain()).containsExactly("commit B", "commit A");
    }

    @Test
    void O5_aPausedJobIsNotForgotten() {
        core.ready("A", 0).drain();
        core.command(Command.PAUSE, "A");
        core.pass(Duration.ofDays(3));
        assertThat(core.restart().ready("A", 1).drain()).isEmpty();
        core.command(Command.RESUME, "A");
        assertThat(core.drain()).containsExactly("A.1");
    }

    @Test
    void O5_theEndOfAPausedJobEndsItsPause() {
        core.ready("A", 0).command(Command.PAUSE, "A");
        core.end("A");
        assertThat(core.restart().scheduler().view().pausedJobs()).isZero();
        core.pass(Duration.ofDays(1));
        assertThat(core.restart().command(Command.RESUME, "A")).isEqualTo("UNKNOWN_JOB");
    }

    @Test
    void S11_commandsOfOlderSessionsAreVoidAndThoseOfANewerOneBeginIt() {
        core.session(5).ready("A", 0);
        assertThat(core.command(Command.CANCEL, "A", 4)).isEqualTo("OLD_SESSION");
        assertThat(core.command(Command.CANCEL, "A", 6)).isEqualTo("UNKNOWN_JOB");
        assertThat(core.scheduler().session()).isEqualTo(6);
        assertThat(core.drain()).isEmpty();
    }

    @Test
    void jobsThatNobodyKnowsAreNamed() {
        assertThat(core.command(Command.CANCEL, "Z")).isEqualTo("UNKNOWN_JOB");
    }
}
