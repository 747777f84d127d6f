package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.values.EventDropReason;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FinalizingRulesTest {
    private final CoreFixture core = CoreFixture.withActiveJobs(2);

    @Test
    void S8_finalizingTasksGoInArrivalOrderAndOnlyOnce() {
        core.commit("A")
                .cleanup("K")
                .commit("B")
                .commit("A")
                .cleanup("K")
                .cleanup("L")
                .commit("B");

        assertThat(core.drain(1)).containsExactly("commit A", "cleanup K", "commit B", "cleanup L");
        core.commit("A").cleanup("K").restart().commit("B");
        assertThat(core.drain()).isEmpty();
        assertThat(core.dropped(EventDropReason.FINALIZING)).isEqualTo(6);
    }

    @Test
    void S8_activeJobLeavesAtOnceAndAnotherTakesItsPlace() {
        core.ready("A", 0, 1, 2).ready("B", 0).ready("P", 0);

        core.commit("A");

        assertThat(core.scheduler().activeJobs()).isEqualTo(2);
        assertThat(core.scheduler().pendingJobs()).isZero();
        assertThat(core.dropped(EventDropReason.DISCARDED)).isEqualTo(3);
        assertThat(core.drain()).containsExactly("commit A", "B.0", "P.0");
    }

    @Test
    void S8_pendingJobLeavesTheQueue() {
        core.ready("A", 0).ready("B", 0).ready("P", 0, 1).ready("Q", 0);

        core.restart().cleanup("P");

        assertThat(core.dropped(EventDropReason.DISCARDED)).isEqualTo(2);
        assertThat(core.drain()).containsExactly("cleanup P", "A.0", "B.0", "Q.0");
    }

    @Test
    void S8_bufferedAndSeenTasksOfAFinalizedJobAreDeleted() {
        int[] scattered = RandomOrder.of(new Random(1), 5_000);
        core.ready("A", scattered).ready("B", scattered).tick(100);
        assertThat(core.storage().keys()).anyMatch(key -> kind(key) == Keys.PAGE);

        core.commit("A").restart().end("B").tick(0);

        assertThat(core.storage().keys()).noneMatch(key -> kind(key) == Keys.PAGE);
    }

    private static byte kind(byte[] key) {
        return key.length > 8 ? key[8] : 0;
    }

    @Test
    void S8_regularTasksOfAFinalizingJobAreIgnored() {
        core.ready("A", 0).commit("A").ready("A", 1, 2).retry("A", 1, 0);
        assertThat(core.drain()).containsExactly("commit A");

        core.ready("A", 3).retry("A", 2, 0);

        assertThat(core.drain()).isEmpty();
        assertThat(core.dropped(EventDropReason.FINALIZING)).isEqualTo(5);
    }

    @Test
    void S8_cleanupDropsACommitTaskThatStillWaits() {
        core.commit("A").commit("B").cleanup("A");

        assertThat(core.dropped(EventDropReason.DISCARDED)).isEqualTo(1);
        assertThat(core.drain()).containsExactly("commit B", "cleanup A");
    }

    @Test
    void S8_cleanupIsOfferedAfterACommitThatWasDispatched() {
        core.commit("A");
        assertThat(core.drain()).containsExactly("commit A");

        core.restart().cleanup("A").cleanup("A").commit("A");

        assertThat(core.drain()).containsExactly("cleanup A");
        assertThat(core.dropped(EventDropReason.DISCARDED)).isZero();
    }

    @Test
    void S8_commitAfterACleanupAddsNothing() {
        core.cleanup("A").commit("A");
        assertThat(core.drain()).containsExactly("cleanup A");

        core.commit("A");
        assertThat(core.drain()).isEmpty();
    }

    @Test
    void S10_jobThatEndsWithoutATaskIsDiscardedAndGated() {
        core.ready("A", 0, 1).end("A").ready("A", 2).end("A").cleanup("A").commit("A");

        assertThat(core.drain()).isEmpty();
        assertThat(core.dropped(EventDropReason.DISCARDED)).isEqualTo(2);
        assertThat(core.dropped(EventDropReason.FINALIZING)).isEqualTo(4);
        assertThat(core.scheduler().activeJobs()).isZero();
    }

    @Test
    void S10_endAfterACommitDropsTheWaitingTask() {
        core.commit("A").commit("B").end("A");

        assertThat(core.drain()).containsExactly("commit B");
        assertThat(core.dropped(EventDropReason.DISCARDED)).isEqualTo(1);
    }

    @Test
    void S10_endAfterADispatchedCommitAddsNothing() {
        core.commit("A").drain();

        core.end("A").cleanup("A").ready("A", 0);

        assertThat(core.drain()).isEmpty();
    }

    @Test
    void S10_endOfAnUnknownJobKeepsOutLateEvents() {
        core.end("A").ready("A", 0).commit("A");

        assertThat(core.drain()).isEmpty();
    }
}
