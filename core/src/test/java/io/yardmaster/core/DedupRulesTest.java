package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.EventDropReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DedupRulesTest {
    private final CoreFixture core = CoreFixture.withActiveJobs(2);

    @Test
    void S7_bufferedTaskIsNotBufferedTwice() {
        core.ready("A", 0, 1, 1, 0).ready("A", 1, 2);

        assertThat(core.drain()).containsExactly("A.0", "A.1", "A.2");
        assertThat(core.dropped(EventDropReason.DUPLICATE)).isEqualTo(3);
    }

    @Test
    void S7_dispatchedTaskIsNotDispatchedAgain_alsoAfterItsJobRetiredAndARestart() {
        core.ready("A", 0, 1).drain();
        core.ready("B", 0).ready("C", 0).drain();
        assertThat(core.log().all()).contains(new Decision.Retired(core.id("A")));

        core.restart().ready("A", 1, 0, 2);

        assertThat(core.drain()).containsExactly("A.2");
    }

    @Test
    void S7_everyHigherAttemptIsOfferedOnce() {
        core.ready("A", 0, 1);
        assertThat(core.drain()).containsExactly("A.0", "A.1");

        core.retry("A", 1, 0).retry("A", 3, 0, 1).retry("A", 3, 0);
        assertThat(core.drain()).containsExactly("A.0#1", "A.0#3", "A.1#3");

        core.retry("A", 2, 0, 1).ready("A", 0).retry("A", 1, 1).restart().retry("A", 3, 1);
        assertThat(core.drain()).isEmpty();
        assertThat(core.dropped(EventDropReason.DUPLICATE)).isEqualTo(6);
    }

    @Test
    void S7_bufferedAttemptsOfOneTaskAreAllOfferedInOrder() {
        core.ready("A", 0).retry("A", 1, 0).retry("A", Integer.MAX_VALUE, 0).retry("A", 2, 0);

        assertThat(core.drain()).containsExactly("A.0", "A.0#1", "A.0#" + Integer.MAX_VALUE);
    }

    @Test
    void S7_highestIndexIsATaskLikeOthers() {
        int max = Integer.MAX_VALUE;
        core.ready("A", max - 1, max, 0).ready("A", max, max - 1).restart().ready("A", max);

        assertThat(core.drain(1)).containsExactly("A." + (max - 1), "A." + max, "A.0");
    }

    @Test
    void S7_silentJobIsForgottenOneToTwoExpiriesAfterItsLastEvent() {
        core.ready("A", 0).drain();
        core.pass(Duration.ofHours(10)).ready("A", 0);

        core.pass(Duration.ofDays(1).minusSeconds(1)).ready("A", 0);
        assertThat(core.drain()).isEmpty();

        core.pass(Duration.ofDays(2).plusSeconds(5)).ready("A", 0);
        assertThat(core.drain()).containsExactly("A.0");
    }

    @Test
    void S7_jobWithSomethingBufferedIsNotForgotten() {
        core.ready("A", 0, 1);
        assertThat(core.tick(1)).containsExactly("A.0");

        core.pass(Duration.ofHours(100)).ready("A", 0, 1);

        assertThat(core.drain()).containsExactly("A.1");
    }

    @Test
    void S7_emptyActiveJobThatIsForgottenGivesItsPlaceToAnother() {
        CoreFixture full = CoreFixture.withActiveJobs(1).ready("A", 0);
        assertThat(full.drain()).containsExactly("A.0");
        full.ready("B", 0);
        full.pass(Duration.ofDays(1).plusSeconds(5));

        assertThat(full.log().all()).contains(new Decision.Retired(full.id("A")));
        assertThat(full.drain()).containsExactly("B.0");
    }

    @Test
    void S7_stateIsEmptyOnceEverythingIsOverAndExpired() {
        for (int i = 0; i < 300; i++) {
            String job = "J" + i;
            core.group(i % 7, job).ready(job, 0, 2, 4, 1).retry(job, 1, 2);
            if (i % 3 == 0) {
                core.commit(job);
            } else if (i % 3 == 1) {
                core.end(job);
            }
            if (i % 10 == 0) {
                core.restart();
            }
        }
        core.drain();
        core.pass(Duration.ofHours(6).plusSeconds(5));
        assertThat(core.storage().size()).isLessThan(100 * 5);

        core.pass(Duration.ofDays(2).plusSeconds(10));
        assertThat(core.storage().keys()).containsExactly(Keys.ledger());
        assertThat(core.storage().bytes()).isLessThan(100);
        assertThat(core.scheduler().activeJobs()).isZero();
    }

    @Test
    void eventOfAnotherGroupThanTheJobsIsDropped() {
        core.group(1, "A").ready("A", 0);

        core.group(2, "A").ready("A", 1).commit("A").end("A");

        assertThat(core.dropped(EventDropReason.WRONG_GROUP)).isEqualTo(3);
        assertThat(core.drain()).containsExactly("A.0");
    }
}
