package io.yardmaster.core;

import static io.yardmaster.core.CoreFixture.jobs;
import static io.yardmaster.core.CoreFixture.rotation;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConformanceCasesTest {

    @Test
    void C1_oneActiveJobAtATimeRunsJobAfterJob() {
        CoreFixture yard = CoreFixture.withActiveJobs(1).readyInRounds(jobs(0, 3), 5, 3);

        assertThat(new TestWindow(yard, 32).drain())
                .containsExactly(
                        "J0.0", "J0.1", "J0.2", "J0.3", "J0.4", "J1.0", "J1.1", "J1.2", "J1.3", "J1.4", "J2.0", "J2.1",
                        "J2.2", "J2.3", "J2.4");
        assertThat(yard.dropped(EventDropReason.DUPLICATE)).isEqualTo(5);
        assertThat(yard.tick(32)).isEmpty();
    }

    @Test
    void C2_tenActiveJobsRotateStrictly() {
        CoreFixture yard = CoreFixture.withActiveJobs(10).readyInRounds(jobs(0, 10), 5, 4);

        assertThat(new TestWindow(yard, 32).drain()).isEqualTo(rotation(jobs(0, 10), 5));
    }

    @Test
    void C3_secondPoolFollowsStrictly() {
        CoreFixture yard = CoreFixture.withActiveJobs(10).readyInRounds(jobs(0, 20), 5, 5);

        List<String> expected = new ArrayList<>(rotation(jobs(0, 10), 5));
        expected.addAll(rotation(jobs(10, 20), 5));
        assertThat(new TestWindow(yard, 32).drain()).isEqualTo(expected);
    }

    private static CoreFixture finalizingCase(int commitPerCycle) {
        CoreFixture yard = new CoreFixture(
                new Policy(4, commitPerCycle, 1, Duration.ofHours(6), Duration.ofDays(1), Fairness.JOB));
        for (String job : List.of("A0", "A1", "A2", "A3")) {
            yard.ready(job, 0, 1, 2);
        }
        yard.commit("C0");
        for (int i = 0; i < 11; i++) {
            yard.commit("C" + i);
        }
        return yard.cleanup("K0").cleanup("K1").cleanup("K2");
    }

    @Test
    void C4_fourCommitTasksPerCycle() {
        assertThat(new TestWindow(finalizingCase(4), 1024).fill())
                .containsExactly(
                        "commit C0",
                        "commit C1",
                        "commit C2",
                        "commit C3",
                        "cleanup K0",
                        "A0.0",
                        "A1.0",
                        "A2.0",
                        "A3.0",
                        "commit C4",
                        "commit C5",
                        "commit C6",
                        "commit C7",
                        "cleanup K1",
                        "A0.1",
                        "A1.1",
                        "A2.1",
                        "A3.1",
                        "commit C8",
                        "commit C9",
                        "commit C10",
                        "cleanup K2",
                        "A0.2",
                        "A1.2",
                        "A2.2",
                        "A3.2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 1024})
    void C4_oneCommitTaskPerCycle_howeverSmallTheWindow(int window) {
        assertThat(new TestWindow(finalizingCase(1), window).drain())
                .containsExactly(
                        "commit C0",
                        "cleanup K0",
                        "A0.0",
                        "A1.0",
                        "A2.0",
                        "A3.0",
                        "commit C1",
                        "cleanup K1",
                        "A0.1",
                        "A1.1",
                        "A2.1",
                        "A3.1",
                        "commit C2",
                        "cleanup K2",
                        "A0.2",
                        "A1.2",
                        "A2.2",
                        "A3.2",
                        "commit C3",
                        "commit C4",
                        "commit C5",
                        "commit C6",
                        "commit C7",
                        "commit C8",
                        "commit C9",
                        "commit C10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit", "cleanup"})
    void C5_C6_finalizedJobsLeaveAtOnceAndStayOut(String kind) {
        CoreFixture yard = CoreFixture.withActiveJobs(2);
        for (String job : List.of("A", "B", "P", "Q")) {
            yard.ready(job, 0, 1, 2);
        }
        TestWindow window = new TestWindow(yard, 2);
        assertThat(window.fill()).containsExactly("A.0", "B.0");

        for (String job : List.of("B", "Q")) {
            if (kind.equals("commit")) {
                yard.commit(job);
            } else {
                yard.cleanup(job);
            }
        }
        assertThat(window.fill()).isEmpty();
        assertThat(yard.dropped(EventDropReason.DISCARDED)).isEqualTo(5);

        // B and Q have left; P took B's place and joins the cycle after the one in which B had its turn.
        assertThat(window.drain()).containsExactly(kind + " B", "A.1", "P.0", kind + " Q", "A.2", "P.1", "P.2");

        yard.ready("B", 0, 1, 2).ready("Q", 0, 1, 2).ready("X", 0, 1, 2);
        assertThat(yard.dropped(EventDropReason.FINALIZING)).isEqualTo(6);
        assertThat(window.drain()).containsExactly("X.0", "X.1", "X.2");
    }

    @Test
    void C7_newSessionVoidsWhatIsBuffered() {
        CoreFixture yard = CoreFixture.withActiveJobs(4).readyInRounds(jobs(0, 4), 4, 100);
        TestWindow window = new TestWindow(yard, 4);
        assertThat(window.fill()).isEqualTo(rotation(jobs(0, 4), 1));

        yard.session(1).readyInRounds(jobs(4, 6), 2, 100);

        assertThat(window.drain()).isEqualTo(rotation(jobs(4, 6), 2));
        assertThat(yard.log().assignments())
                .extracting(DispatchedTask::session)
                .containsExactly(0L, 0L, 0L, 0L, 1L, 1L, 1L, 1L);
    }

    @Test
    void C8_sessionsOnlyGrow() {
        CoreFixture yard =
                CoreFixture.withActiveJobs(4).session(1).ready("A", 0).ready("A", 1);
        assertThat(yard.tick(1)).containsExactly("A.0");

        yard.session(0).ready("A", 2).commit("A").cleanup("A");
        assertThat(yard.dropped(EventDropReason.OLD_SESSION)).isEqualTo(3);
        assertThat(yard.drain()).containsExactly("A.1");

        yard.session(2).ready("B", 0);
        yard.session(3).ready("C", 0);
        yard.session(3).ready("C", 1);
        yard.session(2).ready("B", 1);

        assertThat(yard.drain()).containsExactly("C.0", "C.1");
        assertThat(yard.scheduler().session()).isEqualTo(3);
        assertThat(yard.dropped(EventDropReason.OLD_SESSION)).isEqualTo(4);
    }

    @Test
    void C9_retryIsOfferedOnceMoreUnderANewId() {
        CoreFixture yard = CoreFixture.withActiveJobs(4).ready("A", 0, 1);
        assertThat(yard.drain()).containsExactly("A.0", "A.1");

        yard.retry("A", 1, 0).retry("A", 1, 0).ready("A", 0);

        assertThat(yard.drain()).containsExactly("A.0#1");
        assertThat(yard.log().assignments()).extracting(DispatchedTask::id).containsExactly(1L, 2L, 3L);
        assertThat(yard.dropped(EventDropReason.DUPLICATE)).isEqualTo(2);
    }
}
