package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.Policy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionRulesTest {
    private final CoreFixture core = CoreFixture.withActiveJobs(2);

    @Test
    void S11_newerSessionVoidsActivePendingAndFinalizingJobs() {
        core.ready("A", 0, 1)
                .ready("B", 0)
                .ready("P", 0)
                .commit("C")
                .cleanup("K")
                .end("E");
        assertThat(core.tick(1)).containsExactly("commit C");

        core.session(1).ready("A", 0).ready("E", 0).ready("C", 0);

        assertThat(core.drain()).containsExactly("A.0", "E.0", "C.0");
        assertThat(core.log().all()).contains(new Decision.SessionBegan(1));
        assertThat(core.scheduler().pendingJobs()).isZero();
        assertThat(core.scheduler().backlog()).isZero();
    }

    @Test
    void S11_sessionIsAnnouncedBeforeTheEventIsApplied() {
        core.session(3).ready("A", 0);
        core.session(4).ready("A", 0).drain();

        assertThat(core.log().all())
                .startsWith(
                        new Decision.SessionBegan(3),
                        new Decision.Reached(JobMilestone.BEGAN, core.id("A"), 0),
                        new Decision.SessionBegan(4),
                        new Decision.Reached(JobMilestone.BEGAN, core.id("A"), 0));
        assertThat(core.log().assignments()).extracting(DispatchedTask::session).containsExactly(4L);
    }

    @Test
    void S11_sessionThatBeganElsewhereVoidsToo() {
        core.ready("A", 0).commit("C");

        core.scheduler().session(2);
        core.scheduler().flush();
        core.scheduler().session(1);
        core.scheduler().session(2);

        assertThat(core.restart().drain()).isEmpty();
        assertThat(core.scheduler().session()).isEqualTo(2);
        core.session(1).ready("A", 1);
        assertThat(core.dropped(EventDropReason.OLD_SESSION)).isEqualTo(1);
        assertThat(core.log().all().stream().filter(Decision.SessionBegan.class::isInstance))
                .containsExactly(new Decision.SessionBegan(0), new Decision.SessionBegan(2));
    }

    @Test
    void S11_lowerSessionIsDroppedAndCounted() {
        core.session(5).ready("A", 0);

        core.session(4).ready("A", 1, 2, 3).commit("A").cleanup("A").end("B");

        assertThat(core.dropped(EventDropReason.OLD_SESSION)).isEqualTo(6);
        assertThat(core.drain()).containsExactly("A.0");
    }

    @Test
    void S11_jobMayBelongToAnotherGroupInAnotherSession() {
        core.group(1, "A").ready("A", 0);

        core.group(2, "A").session(1).ready("A", 0).drain();

        assertThat(core.log().assignments()).extracting(DispatchedTask::group).containsExactly(2L);
    }

    @Test
    void S11_entriesOfOlderSessionsAreDeletedInTheEnd() {
        for (int i = 0; i < 2_000; i++) {
            core.ready("J" + i, 0, 2, 4);
        }
        core.session(1).ready("A", 0);
        assertThat(core.storage().size()).isGreaterThan(2_000);

        core.drain();
        core.restart();
        for (int i = 0; i < 10; i++) {
            core.tick(0);
        }
        assertThat(core.storage().size()).isLessThan(10);

        core.pass(Duration.ofDays(2).plusSeconds(10));
        assertThat(core.storage().keys()).containsExactly(Keys.ledger());
    }

    @Test
    void S11_deletingOlderSessionsTouchesNothingElse() {
        core.session(Long.MAX_VALUE - 1).ready("A", 0);
        core.session(Long.MAX_VALUE).ready("A", 0).ready("B", 0).commit("C");
        List<byte[]> before = core.storage().keys();

        core.tick(0);

        assertThat(core.storage().keys())
                .usingElementComparator(Arrays::compareUnsigned)
                .containsExactlyElementsOf(before.stream()
                        .filter(key -> key[0] == (byte) 0xFF || key[7] == (byte) 0xFF)
                        .toList());
        assertThat(core.restart().drain()).containsExactly("commit C", "A.0", "B.0");
    }

    @Test
    void S11_ticksBeforeTheFirstEventKeepTheLedger() {
        core.tick(1);
        core.restart().tick(1);

        assertThat(core.storage().keys()).containsExactly(Keys.ledger());
        assertThat(core.scheduler().session()).isEqualTo(-1);
    }

    @Test
    void S13_idsAreNeverUsedAgain() {
        for (int round = 0; round < 20; round++) {
            core.session(round / 4)
                    .ready("A", 2 * round, 2 * round + 1)
                    .commit("C" + round)
                    .tick(2);
            core.restart();
        }
        core.drain();

        assertThat(core.log().assignments())
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
