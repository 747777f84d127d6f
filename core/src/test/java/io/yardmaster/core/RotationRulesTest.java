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
        CoreFixture yard =
                CoreFixture.withActiveJobs(4).ready("A", 0, 1).ready("B", 0, 1).ready("A", 2);

        assertThat(yard.tick(0)).isEmpty();
        assertThat(yard.tick(3)).containsExactly("A.0", "B.0", "A.1");
        assertThat(yard.tick(100)).containsExactly("B.1", "A.2");
        assertThat(yard.tick(100)).isEmpty();
    }

    @Test
    void S3_tasksOfAJobGoInArrivalOrder() {
        CoreFixture yard = CoreFixture.withActiveJobs(4)
                .ready("A", 7, 3, 4, 0)
                .ready("A", 1)
                .retry("A", 2, 3);

        assertThat(yard.drain()).containsExactly("A.7", "A.3", "A.4", "A.0", "A.1", "A.3#2");
    }

    @Test
    void S3_cursorSurvivesTicksAndRestarts() {
        CoreFixture yard = CoreFixture.withActiveJobs(3).readyInRounds(jobs(0, 7), 4, 3);
        CoreFixture cut = CoreFixture.withActiveJobs(3).readyInRounds(jobs(0, 7), 4, 3);
        for (String job : List.of("J1", "J5", "C")) {
            yard.commit(job);
            cut.commit(job);
        }

        List<String> offered = new ArrayList<>();
        for (List<String> one = cut.tick(1); !one.isEmpty(); one = cut.tick(1)) {
            offered.addAll(one);
            cut.restart();
        }
        assertThat(offered).hasSize(5 * 4 + 3).isEqualTo(yard.drain(1_000));
    }

    @Test
    void S3_finalizingTasksWaitUntilTheCycleThatWasCutShortIsOver() {
        CoreFixture yard = CoreFixture.withActiveJobs(3).ready("A", 0, 1).ready("B", 0, 1);
        assertThat(yard.tick(1)).containsExactly("A.0");

        yard.cleanup("K").commit("C");

        assertThat(yard.drain(1)).containsExactly("B.0", "commit C", "cleanup K", "A.1", "B.1");
    }

    @Test
    void S3_cycleThatIsCompleteIsFollowedByFinalizingTasksEvenIfJobsJoin() {
        CoreFixture yard = CoreFixture.withActiveJobs(3).ready("A", 0).ready("B", 0);
        assertThat(yard.drain()).containsExactly("A.0", "B.0");

        yard.ready("X", 0).commit("C");

        assertThat(yard.drain()).containsExactly("commit C", "X.0");
    }

    @Test
    void S3_jobThatJoinsDuringACycleIsOfferedAtItsEnd() {
        CoreFixture yard = CoreFixture.withActiveJobs(4).ready("A", 0, 1).ready("B", 0, 1);
        assertThat(yard.tick(1)).containsExactly("A.0");

        yard.ready("C", 0, 1);

        assertThat(yard.drain()).containsExactly("B.0", "C.0", "A.1", "B.1", "C.1");
    }

    @Test
    void S3_cycleEndsHoweverManyJobsComeAndGo() {
        CoreFixture yard = CoreFixture.withActiveJobs(3).ready("long", 0, 1, 2, 3, 4, 5, 6, 7);
        yard.ready("s0", 0).ready("s1", 0).ready("s2", 0);
        List<String> offered = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            offered.addAll(yard.tick(1));
            String latest = offered.get(i);
            if (latest.startsWith("s")) {
                yard.commit(latest.substring(0, latest.indexOf('.')));
            }
            yard.ready("s" + (3 + i), 0);
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
        CoreFixture yard = CoreFixture.withActiveJobs(2).group(1, "A", "D").group(2, "B", "C");
        for (String job : List.of("A", "B", "C", "D")) {
            yard.ready(job, 0);
        }
        yard.ready("D", 1).ready("C", 1);
        assertThat(yard.scheduler().activeJobs()).isEqualTo(2);
        assertThat(yard.scheduler().pendingJobs()).isEqualTo(2);

        assertThat(yard.drain()).containsExactly("A.0", "B.0", "C.0", "D.0", "C.1", "D.1");
    }

    @Test
    void S4_jobThatLeavesTheQueueLeavesTheOthersInOrder() {
        CoreFixture yard = CoreFixture.withActiveJobs(1).readyInRounds(jobs(0, 6), 1, 100);

        yard.end("J1").end("J3").end("J5");

        assertThat(yard.drain()).containsExactly("J0.0", "J2.0", "J4.0");
        assertThat(yard.scheduler().pendingJobs()).isZero();
    }

    @Test
    void S5_jobRefilledBeforeItsTurnKeepsItsPlace() {
        CoreFixture yard = CoreFixture.withActiveJobs(3)
                .ready("A", 0)
                .ready("B", 0, 1)
                .ready("C", 0, 1)
                .ready("P", 0);
        assertThat(yard.tick(2)).containsExactly("A.0", "B.0");

        yard.ready("A", 1);

        assertThat(yard.drain()).containsExactly("C.0", "A.1", "B.1", "C.1", "P.0");
    }

    @Test
    void S5_emptyJobIsRetiredAtItsTurnAndTheOldestPendingOneJoinsAtTheTail() {
        CoreFixture yard = CoreFixture.withActiveJobs(2)
                .ready("A", 0)
                .ready("B", 0, 1, 2)
                .ready("P", 0, 1)
                .ready("Q", 0);
        assertThat(yard.tick(2)).containsExactly("A.0", "B.0");
        assertThat(yard.log().all()).doesNotHaveAnyElementsOfTypes(Decision.Retired.class);

        assertThat(yard.tick(1)).containsExactly("B.1");
        assertThat(yard.log().all()).contains(new Decision.Retired(yard.id("A")));
        assertThat(yard.drain()).containsExactly("P.0", "B.2", "P.1", "Q.0");
    }

    @Test
    void S5_jobRefilledAfterItRetiredJoinsAtTheTail() {
        CoreFixture yard = CoreFixture.withActiveJobs(2).ready("A", 0).ready("B", 0, 1, 2);
        assertThat(yard.tick(3)).containsExactly("A.0", "B.0", "B.1");

        yard.ready("A", 1, 2);

        assertThat(yard.drain()).containsExactly("B.2", "A.1", "A.2");
    }

    @Test
    void S6_retirementCostsNobodyATurn() {
        CoreFixture yard = CoreFixture.withActiveJobs(4)
                .ready("A", 0, 1, 2)
                .ready("B", 0)
                .ready("C", 0, 1, 2)
                .ready("D", 0, 1, 2);
        yard.ready("P", 0, 1);

        assertThat(yard.drain(1))
                .containsExactly("A.0", "B.0", "C.0", "D.0", "A.1", "C.1", "D.1", "P.0", "A.2", "C.2", "D.2", "P.1");
    }

    @Test
    void S6_finalizingTheJobWithTheLatestTurnCostsNobodyATurn() {
        CoreFixture yard = CoreFixture.withActiveJobs(4).readyInRounds(jobs(0, 4), 2, 100);
        assertThat(yard.tick(2)).containsExactly("J0.0", "J1.0");

        yard.end("J1").restart();

        assertThat(yard.drain()).containsExactly("J2.0", "J3.0", "J0.1", "J2.1", "J3.1");
    }

    @Test
    void S6_manyRetirementsKeepTheOrderOfTheRest() {
        CoreFixture yard = CoreFixture.withActiveJobs(8).readyInRounds(jobs(0, 8), 1, 100);
        for (int i = 0; i < 8; i += 2) {
            yard.ready("J" + i, 1, 2);
        }

        List<String> expected = new ArrayList<>(rotation(jobs(0, 8), 1));
        for (int index = 1; index <= 2; index++) {
            expected.addAll(List.of("J0." + index, "J2." + index, "J4." + index, "J6." + index));
        }
        assertThat(yard.drain(3)).isEqualTo(expected);
    }
}
