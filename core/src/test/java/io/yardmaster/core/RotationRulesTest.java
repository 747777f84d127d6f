package io.yardmaster.core;

import static io.yardmaster.core.CoreFixture.jobs;
import static io.yardmaster.core.CoreFixture.rotation;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Decision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotationRulesTest {

    @Test
    void S2_tickSeesAllThatArrivedAndStopsAtTheBudget() {
        CoreFixture core =
                CoreFixture.withActiveJobs(4).ready("A", 0, 1).ready("B", 0, 1).ready("A", 2);

        assertThat(core.tick(0)).isEmpty();
        assertThat(core.tick(3)).containsExactly("A.0", "B.0", "A.1");
        assertThat(core.tick(100)).containsExactly("B.1", "A.2");
        assertThat(core.tick(100)).isEmpty();
    }

    @Test
    void S3_tasksOfAJobGoInArrivalOrder() {
        CoreFixture core = CoreFixture.withActiveJobs(4)
                .ready("A", 7, 3, 4, 0)
                .ready("A", 1)
                .retry("A", 2, 3);

        assertThat(core.drain()).containsExactly("A.7", "A.3", "A.4", "A.0", "A.1", "A.3#2");
    }

    @Test
    void S3_cursorSurvivesTicksAndRestarts() {
        CoreFixture core = CoreFixture.withActiveJobs(3).readyInRounds(jobs(0, 7), 4, 3);
        CoreFixture cut = CoreFixture.withActiveJobs(3).readyInRounds(jobs(0, 7), 4, 3);
        for (String job : List.of("J1", "J5", "C")) {
            core.commit(job);
            cut.commit(job);
        }

        List<String> offered = new ArrayList<>();
        for (List<String> one = cut.tick(1); !one.isEmpty(); one = cut.tick(1)) {
            offered.addAll(one);
            cut.restart();
        }
        assertThat(offered).hasSize(5 * 4 + 3).isEqualTo(core.drain(1_000));
    }

    @Test
    void S3_finalizingTasksWaitUntilTheCycleThatWasCutShortIsOver() {
        CoreFixture core = CoreFixture.withActiveJobs(3).ready("A", 0, 1).ready("B", 0, 1);
        assertThat(core.tick(1)).containsExactly("A.0");

        core.cleanup("K").commit("C");

        assertThat(core.drain(1)).containsExactly("B.0", "commit C", "cleanup K", "A.1", "B.1");
    }

    @Test
    void S3_cycleThatIsCompleteIsFollowedByFinalizingTasksEvenIfJobsJoin() {
        CoreFixture core = CoreFixture.withActiveJobs(3).ready("A", 0).ready("B", 0);
        assertThat(core.drain()).containsExactly("A.0", "B.0");

        core.ready("X", 0).commit("C");

        assertThat(core.drain()).containsExactly("commit C", "X.0");
    }

    @Test
    void S3_jobThatJoinsDuringACycleIsOfferedAtItsEnd() {
        CoreFixture core = CoreFixture.withActiveJobs(4).ready("A", 0, 1).ready("B", 0, 1);
        assertThat(core.tick(1)).containsExactly("A.0");

        core.ready("C", 0, 1);

        assertThat(core.drain()).containsExactly("B.0", "C.0", "A.1", "B.1", "C.1");
    }

    @Test
    void S3_cycleEndsHoweverManyJobsComeAndGo() {
        CoreFixture core = CoreFixture.withActiveJobs(3).ready("long", 0, 1, 2, 3, 4, 5, 6, 7);
        core.ready("s0", 0).ready("s1", 0).ready("s2", 0);
        List<String> offered = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            offered.addAll(core.tick(1));
            String latest = offered.get(i);
            if (latest.startsWith("s")) {
                core.commit(latest.substring(0, latest.indexOf('.')));
            }
            core.ready("s" + (3 + i), 0);
        }

        assertThat(offered)
                .containsExactly(
                        "long.0",
                        "s0.0",
                        "s1.0",
                        "commit s0",
                        "long.1",
                        "s2.0",
                        "s3.0",
                        "commit s1",
                        "long.2",
                        "s4.0",
                        "s5.0",
                        "commit s2");
    }

    @Test
    void S4_jobsBeyondThePoolWaitInOneQueueWithTheirTasksKept() {
        CoreFixture core = CoreFixture.withActiveJobs(2).group(1, "A", "D").group(2, "B", "C");
        for (String job : List.of("A", "B", "C", "D")) {
            core.ready(job, 0);
        }
        core.ready("D", 1).ready("C", 1);
        assertThat(core.scheduler().activeJobs()).isEqualTo(2);
        assertThat(core.scheduler().pendingJobs()).isEqualTo(2);

        assertThat(core.drain()).containsExactly("A.0", "B.0", "C.0", "D.0", "C.1", "D.1");
    }

    @Test
    void S4_jobThatLeavesTheQueueLeavesTheOthersInOrder() {
        CoreFixture core = CoreFixture.withActiveJobs(1).readyInRounds(jobs(0, 6), 1, 100);

        core.end("J1").end("J3").end("J5");

        assertThat(core.drain()).containsExactly("J0.0", "J2.0", "J4.0");
        assertThat(core.scheduler().pendingJobs()).isZero();
    }

    @Test
    void S5_jobRefilledBeforeItsTurnKeepsItsPlace() {
        CoreFixture core = CoreFixture.withActiveJobs(3)
                .ready("A", 0)
                .ready("B", 0, 1)
                .ready("C", 0, 1)
                .ready("P", 0);
        assertThat(core.tick(2)).containsExactly("A.0", "B.0");

        core.ready("A", 1);

        assertThat(core.drain()).containsExactly("C.0", "A.1", "B.1", "C.1", "P.0");
    }

    @Test
    void S5_emptyJobIsRetiredAtItsTurnAndTheOldestPendingOneJoinsAtTheTail() {
        CoreFixture core = CoreFixture.withActiveJobs(2)
                .ready("A", 0)
                .ready("B", 0, 1, 2)
                .ready("P", 0, 1)
                .ready("Q", 0);
        assertThat(core.tick(2)).containsExactly("A.0", "B.0");
        assertThat(core.log().all()).doesNotHaveAnyElementsOfTypes(Decision.Retired.class);

        assertThat(core.tick(1)).containsExactly("B.1");
        assertThat(core.log().all()).contains(new Decision.Retired(core.id("A")));
        assertThat(core.drain()).containsExactly("P.0", "B.2", "P.1", "Q.0");
    }

    @Test
    void S5_jobRefilledAfterItRetiredJoinsAtTheTail() {
        CoreFixture core = CoreFixture.withActiveJobs(2).ready("A", 0).ready("B", 0, 1, 2);
        assertThat(core.tick(3)).containsExactly("A.0", "B.0", "B.1");

        core.ready("A", 1, 2);

        assertThat(core.drain()).containsExactly("B.2", "A.1", "A.2");
    }

    @Test
    void S6_retirementCostsNobodyATurn() {
        CoreFixture core = CoreFixture.withActiveJobs(4)
                .ready("A", 0, 1, 2)
                .ready("B", 0)
                .ready("C", 0, 1, 2)
                .ready("D", 0, 1, 2);
        core.ready("P", 0, 1);

        assertThat(core.drain(1))
                .containsExactly("A.0", "B.0", "C.0", "D.0", "A.1", "C.1", "D.1", "P.0", "A.2", "C.2", "D.2", "P.1");
    }

    @Test
    void S6_finalizingTheJobWithTheLatestTurnCostsNobodyATurn() {
        CoreFixture core = CoreFixture.withActiveJobs(4).readyInRounds(jobs(0, 4), 2, 100);
        assertThat(core.tick(2)).containsExactly("J0.0", "J1.0");

        core.end("J1").restart();

        assertThat(core.drain()).containsExactly("J2.0", "J3.0", "J0.1", "J2.1", "J3.1");
    }

    @Test
    void S6_manyRetirementsKeepTheOrderOfTheRest() {
        CoreFixture core = CoreFixture.withActiveJobs(8).readyInRounds(jobs(0, 8), 1, 100);
        for (int i = 0; i < 8; i += 2) {
            core.ready("J" + i, 1, 2);
        }

        List<String> expected = new ArrayList<>(rotation(jobs(0, 8), 1));
        for (int index = 1; index <= 2; index++) {
            expected.addAll(List.of("J0." + index, "J2." + index, "J4." + index, "J6." + index));
        }
        assertThat(core.drain(3)).isEqualTo(expected);
    }
}
