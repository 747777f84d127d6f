package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.Policy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionRulesTest {
    private final CoreFixture yard = CoreFixture.withActiveJobs(2);

    @Test
    void S11_newerSessionVoidsActivePendingAndFinalizingJobs() {
        yard.ready("A", 0, 1)
                .ready("B", 0)
                .ready("P", 0)
                .commit("C")
                .cleanup("K")
                .end("E");
        assertThat(yard.tick(1)).containsExactly("commit C");

        yard.session(1).ready("A", 0).ready("E", 0).ready("C", 0);

        assertThat(yard.drain()).containsExactly("A.0", "E.0", "C.0");
        assertThat(yard.log().all()).contains(new Decision.SessionBegan(1));
        assertThat(yard.scheduler().pendingJobs()).isZero();
        assertThat(yard.scheduler().backlog()).isZero();
    }

    @Test
    void S11_sessionIsAnnouncedBeforeTheEventIsApplied() {
        yard.session(3).ready("A", 0);
        yard.session(4).ready("A", 0).drain();

        assertThat(yard.log().all()).startsWith(new Decision.SessionBegan(3), new Decision.SessionBegan(4));
        assertThat(yard.log().assignments()).extracting(DispatchedTask::session).containsExactly(4L);
    }

    @Test
    void S11_sessionThatIsHeardOfElsewhereVoidsToo() {
        yard.ready("A", 0).commit("C");

        yard.scheduler().session(2);
        yard.scheduler().flush();
        yard.scheduler().session(1);
        yard.scheduler().session(2);

        assertThat(yard.restart().drain()).isEmpty();
        assertThat(yard.scheduler().session()).isEqualTo(2);
        yard.session(1).ready("A", 1);
        assertThat(yard.dropped(EventDropReason.OLD_SESSION)).isEqualTo(1);
        assertThat(yard.log().all().stream().filter(Decision.SessionBegan.class::isInstance))
                .containsExactly(new Decision.SessionBegan(0), new Decision.SessionBegan(2));
    }

    @Test
    void S11_lowerSessionIsDroppedAndCounted() {
        yard.session(5).ready("A", 0);

        yard.session(4).ready("A", 1, 2, 3).commit("A").cleanup("A").end("B");

        assertThat(yard.dropped(EventDropReason.OLD_SESSION)).isEqualTo(6);
        assertThat(yard.drain()).containsExactly("A.0");
    }

    @Test
    void S11_jobMayBelongToAnotherGroupInAnotherSession() {
        yard.group(1, "A").ready("A", 0);

        yard.group(2, "A").session(1).ready("A", 0).drain();

        assertThat(yard.log().assignments()).extracting(DispatchedTask::group).containsExactly(2L);
    }

    @Test
    void S11_whatOlderSessionsStoredIsDeletedInTheEnd() {
        for (int i = 0; i < 2_000; i++) {
            yard.ready("J" + i, 0, 2, 4);
        }
        yard.session(1).ready("A", 0);
        assertThat(yard.storage().size()).isGreaterThan(2_000);

        yard.drain();
        yard.restart();
        for (int i = 0; i < 10; i++) {
            yard.tick(0);
        }
        assertThat(yard.storage().size()).isLessThan(10);

        yard.pass(Duration.ofDays(2).plusSeconds(10));
        assertThat(yard.storage().keys()).containsExactly(Keys.ledger());
    }

    @Test
    void S11_deletingOlderSessionsTouchesNothingElse() {
        yard.session(Long.MAX_VALUE - 1).ready("A", 0);
        yard.session(Long.MAX_VALUE).ready("A", 0).ready("B", 0).commit("C");
        List<byte[]> before = yard.storage().keys();

        yard.tick(0);

        assertThat(yard.storage().keys())
                .usingElementComparator(Arrays::compareUnsigned)
                .containsExactlyElementsOf(before.stream()
                        .filter(key -> key[0] == (byte) 0xFF || key[7] == (byte) 0xFF)
                        .toList());
        assertThat(yard.restart().drain()).containsExactly("commit C", "A.0", "B.0");
    }

    @Test
    void S11_ticksBeforeTheFirstEventKeepTheLedger() {
        yard.tick(1);
        yard.restart().tick(1);

        assertThat(yard.storage().keys()).containsExactly(Keys.ledger());
        assertThat(yard.scheduler().session()).isEqualTo(-1);
    }

    @Test
    void S13_idsAreNeverUsedAgain() {
        for (int round = 0; round < 20; round++) {
            yard.session(round / 4)
                    .ready("A", 2 * round, 2 * round + 1)
                    .commit("C" + round)
                    .tick(2);
            yard.restart();
        }
        yard.drain();

        assertThat(yard.log().assignments())
                .hasSizeGreaterThan(20)
                .extracting(DispatchedTask::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void S13_schedulersWithDifferentBasesHaveDifferentIds() {
        DecisionLog log = new DecisionLog();
        for (long base : new long[] {0, 1L << 40}) {
            LoggedScheduler scheduler = new LoggedScheduler(Policy.DEFAULT, new HeapStorage(), base, log);
            scheduler.ready(1, 1, 0, new int[] {0, 1}, 0, 0);
            scheduler.tick(0, 10);
        }

        assertThat(log.assignments())
                .extracting(DispatchedTask::id)
                .containsExactly(1L, 2L, (1L << 40) + 1, (1L << 40) + 2);
    }
}
