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
        CoreFixture core = CoreFixture.withActiveJobs(1).readyInRounds(jobs(0, 3), 5, 3);

        assertThat(new TestWindow(core, 32).drain())
                .containsExactly(
                        "J0.0", "J0.1", "J0.2", "J0.3", "J0.4", "J1.0", "J1.1", "J1.2", "J1.3", "J1.4", "J2.0", "J2.1",
                        "J2.2", "J2.3", "J2.4");
        assertThat(core.dropped(EventDropReason.DUPLICATE)).isEqualTo(5);
        assertThat(core.tick(32)).isEmpty();
    }

    @Test
    void C2_tenActiveJobsRotateStrictly() {
        CoreFixture core = CoreFixture.withActiveJobs(10).readyInRounds(jobs(0, 10), 5, 4);

        assertThat(new TestWindow(core, 32).drain()).isEqualTo(rotation(jobs(0, 10), 5));
    }

    @Test
    void C3_secondPoolFollowsStrictly() {
        CoreFixture core = CoreFixture.withActiveJobs(10).readyInRounds(jobs(0, 20), 5, 5);

        List<String> expected = new ArrayList<>(rotation(jobs(0, 10), 5));
        expected.addAll(rotation(jobs(10, 20), 5));
        assertThat(new TestWindow(core, 32).drain()).isEqualTo(expected);
    }

    private static CoreFixture finalizingCase(int commitPerCycle) {
        CoreFixture core = new CoreFixture(
                new Policy(4, commitPerCycle, 1, Duration.ofHours(6), Duration.ofDays(1), Fairness.JOB));
        for (String job : List.of("A0", "A1", "A2", "A3")) {
            core.ready(job, 0, 1, 2);
        }
        core.commit("C0");
        for (int i = 0; i < 11; i++) {
            core.commit("C" + i);
        }
        return core.cleanup("K0").cleanup("K1").cleanup("K2");
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
        CoreFixture core = CoreFixture.withActiveJobs(2);
        for (String job : List.of("A", "B", "P", "Q")) {
            core.ready(job, 0, 1, 2);
        }
        TestWindow window = new TestWindow(core, 2);
        assertThat(window.fill()).containsExactly("A.0", "B.0");

        for (String job : List.of("B", "Q")) {
            if (kind.equals("commit")) {
                core.commit(job);
            } else {
                core.cleanup(job);
            }
        }
        assertThat(window.fill()).isEmpty();
        assertThat(core.dropped(EventDropReason.DISCARDED)).isEqualTo(5);

        // B and Q have left; P took B's place and joins the cycle after the one in which B had its turn.
        assertThat(window.drain()).containsExactly(kind + " B", "A.1", "P.0", kind + " Q", "A.2", "P.1", "P.2");

        core.ready("B", 0, 1, 2).ready("Q", 0, 1, 2).ready("X", 0, 1, 2);
        assertThat(core.dropped(EventDropReason.FINALIZING)).isEqualTo(6);
        assertThat(window.drain()).containsExactly("X.0", "X.1", "X.2");
    }

    @Test
    void C7_newSessionVoidsBufferedTasks() {
        CoreFixture core = CoreFixture.withActiveJobs(4).readyInRounds(jobs(0, 4), 4, 100);
        TestWindow window = new TestWindow(core, 4);
        assertThat(window.fill()).isEqualTo(rotation(jobs(0, 4), 1));

        core.session(1).readyInRounds(jobs(4, 6), 2, 100);

        assertThat(window.drain()).isEqualTo(rotation(jobs(4, 6), 2));
        assertThat(core.log().assignments())
                .extracting(DispatchedTask::session)
                .containsExactly(0L, 0L, 0L, 0L, 1L, 1L, 1L, 1L);
    }

    @Test
    void C8_sessionsOnlyGrow() {
        CoreFixture core =
                CoreFixture.withActiveJobs(4).session(1).ready("A", 0).ready("A", 1);
        assertThat(core.tick(1)).containsExactly("A.0");

        core.session(0).ready("A", 2).commit("A").cleanup("A");
        assertThat(core.dropped(EventDropReason.OLD_SESSION)).isEqualTo(3);
        assertThat(core.drain()).containsExactly("A.1");

        core.session(2).ready("B", 0);
        core.session(3).ready("C", 0);
        core.session(3).ready("C", 1);
        core.session(2).ready("B", 1);

        assertThat(core.drain()).containsExactly("C.0", "C.1");
        assertThat(core.scheduler().session()).isEqualTo(3);
        assertThat(core.dropped(EventDropReason.OLD_SESSION)).isEqualTo(4);
    }

    @Test
    void C9_retryIsOfferedOnceMoreUnderANewId() {
        CoreFixture core = CoreFixture.withActiveJobs(4).ready("A", 0, 1);
        assertThat(core.drain()).containsExactly("A.0", "A.1");

        core.retry("A", 1, 0).retry("A", 1, 0).ready("A", 0);

        assertThat(core.drain()).containsExactly("A.0#1");
        assertThat(core.log().assignments()).extracting(DispatchedTask::id).containsExactly(1L, 2L, 3L);
        assertThat(core.dropped(EventDropReason.DUPLICATE)).isEqualTo(2);
    }
}
