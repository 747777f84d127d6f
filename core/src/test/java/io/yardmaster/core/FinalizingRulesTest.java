package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.values.EventDropReason;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FinalizingRulesTest {
    private final CoreFixture yard = CoreFixture.withActiveJobs(2);

    @Test
    void S8_finalizingTasksGoInArrivalOrderAndOnlyOnce() {
        yard.commit("A")
                .cleanup("K")
                .commit("B")
                .commit("A")
                .cleanup("K")
                .cleanup("L")
                .commit("B");

        assertThat(yard.drain(1)).containsExactly("commit A", "cleanup K", "commit B", "cleanup L");
        yard.commit("A").cleanup("K").restart().commit("B");
        assertThat(yard.drain()).isEmpty();
        assertThat(yard.dropped(EventDropReason.FINALIZING)).isEqualTo(6);
    }

    @Test
    void S8_activeJobLeavesAtOnceAndAnotherTakesItsPlace() {
        yard.ready("A", 0, 1, 2).ready("B", 0).ready("P", 0);

        yard.commit("A");

        assertThat(yard.scheduler().activeJobs()).isEqualTo(2);
        assertThat(yard.scheduler().pendingJobs()).isZero();
        assertThat(yard.dropped(EventDropReason.DISCARDED)).isEqualTo(3);
        assertThat(yard.drain()).containsExactly("commit A", "B.0", "P.0");
    }

    @Test
    void S8_pendingJobLeavesTheQueue() {
        yard.ready("A", 0).ready("B", 0).ready("P", 0, 1).ready("Q", 0);

        yard.restart().cleanup("P");

        assertThat(yard.dropped(EventDropReason.DISCARDED)).isEqualTo(2);
        assertThat(yard.drain()).containsExactly("cleanup P", "A.0", "B.0", "Q.0");
    }

    @Test
    void S8_nothingIsKeptOfWhatAFinalizedJobBufferedAndHadSeen() {
        int[] scattered = RandomOrder.of(new Random(1), 5_000);
        yard.ready("A", scattered).ready("B", scattered).tick(100);
        assertThat(yard.storage().keys()).anyMatch(key -> kind(key) == Keys.PAGE);

        yard.commit("A").restart().end("B").tick(0);

        assertThat(yard.storage().keys()).noneMatch(key -> kind(key) == Keys.PAGE);
    }

    private static byte kind(byte[] key) {
        return key.length > 8 ? key[8] : 0;
    }

    @Test
    void S8_regularTasksOfAFinalizingJobAreIgnored() {
        yard.ready("A", 0).commit("A").ready("A", 1, 2).retry("A", 1, 0);
        assertThat(yard.drain()).containsExactly("commit A");

        yard.ready("A", 3).retry("A", 2, 0);

        assertThat(yard.drain()).isEmpty();
        assertThat(yard.dropped(EventDropReason.FINALIZING)).isEqualTo(5);
    }

    @Test
    void S8_cleanupDropsACommitTaskThatStillWaits() {
        yard.commit("A").commit("B").cleanup("A");

        assertThat(yard.dropped(EventDropReason.DISCARDED)).isEqualTo(1);
        assertThat(yard.drain()).containsExactly("commit B", "cleanup A");
    }

    @Test
    void S8_cleanupIsOfferedAfterACommitThatWasDispatched() {
        yard.commit("A");
        assertThat(yard.drain()).containsExactly("commit A");

        yard.restart().cleanup("A").cleanup("A").commit("A");

        assertThat(yard.drain()).containsExactly("cleanup A");
        assertThat(yard.dropped(EventDropReason.DISCARDED)).isZero();
    }

    @Test
    void S8_commitAfterACleanupAddsNothing() {
        yard.cleanup("A").commit("A");
        assertThat(yard.drain()).containsExactly("cleanup A");

        yard.commit("A");
        assertThat(yard.drain()).isEmpty();
    }

    @Test
    void S10_jobThatEndsWithoutATaskIsDiscardedAndGated() {
        yard.ready("A", 0, 1).end("A").ready("A", 2).end("A").cleanup("A").commit("A");

        assertThat(yard.drain()).isEmpty();
        assertThat(yard.dropped(EventDropReason.DISCARDED)).isEqualTo(2);
        assertThat(yard.dropped(EventDropReason.FINALIZING)).isEqualTo(4);
        assertThat(yard.scheduler().activeJobs()).isZero();
    }

    @Test
    void S10_endAfterACommitDropsTheWaitingTask() {
        yard.commit("A").commit("B").end("A");

        assertThat(yard.drain()).containsExactly("commit B");
        assertThat(yard.dropped(EventDropReason.DISCARDED)).isEqualTo(1);
    }

    @Test
    void S10_endAfterADispatchedCommitAddsNothing() {
        yard.commit("A").drain();

        yard.end("A").cleanup("A").ready("A", 0);

        assertThat(yard.drain()).isEmpty();
    }

    @Test
    void S10_endOfAnUnknownJobKeepsOutWhatComesLate() {
        yard.end("A").ready("A", 0).commit("A");

        assertThat(yard.drain()).isEmpty();
    }
}
