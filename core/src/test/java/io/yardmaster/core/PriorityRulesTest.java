package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Fairness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriorityRulesTest {
    private final CoreFixture core = CoreFixture.withActiveJobs(3);

    @Test
    void L1_aHigherPriorityGoesFirstAndEqualOnesTakeTurns() {
        core.ready("A", 0, 1).ready("B", 0, 1).ready("C", 0, 1);
        assertThat(core.prioritize("B", 5)).isEqualTo("SET_PRIORITY");
        core.prioritize("C", 5);
        assertThat(core.restart().drain()).containsExactly("B.0", "C.0", "B.1", "C.1", "A.0", "A.1");
    }

    @Test
    void L1_whatIsBelowTheFloorWaitsAndGoesOnWhereItStopped() {
        CoreFixture core = CoreFixture.withActiveJobs(9);
        core.ready("A", 0, 1, 2).ready("B", 0, 1, 2).ready("H", 0, 1).ready("L", 0);
        core.prioritize("H", 2);
        core.prioritize("L", 1);
        assertThat(core.tick(3)).containsExactly("H.0", "H.1", "L.0");
        assertThat(core.tick(1)).containsExactly("A.0");
        core.ready("H", 2).ready("L", 1).commit("C");
        assertThat(core.floor(2).tick(10)).containsExactlyInAnyOrder("H.2", "commit C");
        assertThat(core.scheduler().demand()).satisfies(demand -> {
            assertThat(demand.backlog()).isEqualTo(6);
            assertThat(demand.blocked()).isEqualTo(6);
            assertThat(demand.offerable()).isZero();
            assertThat(demand.byPriority()).containsExactly(entry(0, 5L), entry(1, 1L));
        });
        assertThat(core.tick(10)).isEmpty();
        assertThat(core.restart().floor(Budget.NO_FLOOR).tick(10))
                .containsExactly("L.1", "B.0", "A.1", "B.1", "A.2", "B.2");
    }

    @Test
    void L1_aFloorAboveTheNormalPriorityBlocksJobsWithoutAPriority() {
        core.ready("A", 0, 1);
        assertThat(core.floor(1).tick(10)).isEmpty();
        assertThat(core.floor(0).tick(10)).containsExactly("A.0", "A.1");
    }

    @Test
    void L1_aNegativePriorityGoesLast() {
        core.ready("A", 0, 1).ready("B", 0, 1);
        core.prioritize("A", -1_000);
        assertThat(core.restart().drain()).containsExactly("B.0", "B.1", "A.0", "A.1");
    }

    @Test
    void L1_aRoundThatAHigherPriorityInterruptsGoesOnWhereItStopped() {
        core.ready("A", 0, 1, 2).ready("B", 0, 1, 2).ready("H", 0);
        core.prioritize("H", 1);
        assertThat(core.tick(2)).containsExactly("H.0", "A.0");
        core.ready("H", 1, 2, 3);
        assertThat(core.restart().tick(5)).containsExactly("H.1", "H.2", "H.3", "B.0", "A.1");
    }

    @Test
    void L1_aPendingJobOfAHigherPriorityTakesThePlaceOfTheYoungestLowerOne() {
        core.ready("A", 0).ready("B", 0).ready("C", 0).ready("P", 0).ready("Q", 0);
        core.prioritize("Q", 1);
        core.restart();
        assertThat(core.scheduler().pendingJobs()).isEqualTo(2);
        assertThat(core.drain()).containsExactly("Q.0", "A.0", "B.0", "C.0", "P.0");
    }

    @Test
    void L1_anActiveJobOfALowerPriorityGivesItsPlaceToAPendingOne() {
        core.ready("A", 0).ready("B", 0).ready("C", 0).ready("P", 0);
        core.prioritize("A", -1);
        assertThat(core.restart().drain()).containsExactly("B.0", "C.0", "P.0", "A.0");
    }

    @Test
    void L1_amongPendingJobsTheHighestPriorityIsAdmittedFirst() {
        CoreFixture one = CoreFixture.withActiveJobs(1).ready("A", 0, 1);
        one.prioritize("A", 9);
        one.ready("L", 0).ready("M", 0).ready("H", 0);
        one.prioritize("M", 1);
        one.prioritize("H", 2);
        assertThat(one.restart().drain()).containsExactly("A.0", "A.1", "H.0", "M.0", "L.0");
    }

    @Test
    void L1_whatBecomesReadyAtAHigherPriorityGoesBeforeWhatWaits() {
        core.ready("H", 0).drain();
        core.prioritize("H", 3);
        core.ready("A", 0, 1).ready("B", 0).ready("C", 0).restart().ready("H", 1);
        assertThat(core.drain(1)).containsExactly("H.1", "A.0", "B.0", "A.1", "C.0");
    }

    @Test
    void S15_groupsTakeTurnsAmongJobsOfOnePriority() {
        CoreFixture groups = new CoreFixture(CoreFixture.policy(5, Fairness.RESOURCE_GROUP))
                .group(1, "A", "B", "L")
                .group(2, "C");
        for (String job : List.of("A", "B", "C", "L")) {
            groups.ready(job, 0, 1);
            groups.prioritize(job, job.equals("L") ? -7 : 7);
        }
        assertThat(groups.tick(3)).containsExactly("A.0", "C.0", "B.0");
        assertThat(groups.restart().drain()).containsExactly("C.1", "A.1", "B.1", "L.0", "L.1");
    }

    @Test
    void S15_aGroupWithoutAPlaceGetsOneOfItsOwnPriority() {
        CoreFixture groups = new CoreFixture(CoreFixture.policy(3, Fairness.RESOURCE_GROUP))
                .group(1, "H", "A", "B")
                .group(2, "C");
        groups.ready("H", 0).prioritize("H", 1);
        groups.ready("A", 0, 1).ready("B", 0, 1).ready("C", 0, 1);
        assertThat(groups.restart().drain()).containsExactly("H.0", "A.0", "C.0", "A.1", "C.1", "B.0", "B.1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void S16_aPriorityWithoutActiveJobsBeginsAnewAlsoForGroupsThatWait(boolean restart) {
        CoreFixture groups = new CoreFixture(CoreFixture.policy(2, Fairness.RESOURCE_GROUP))
                .group(1, "A")
                .group(2, "B")
                .group(3, "H", "I")
                .weigh(Map.of(2L, 0.5));
        for (String job : List.of("B", "A")) {
            groups.ready(job, 0, 1, 2);
            groups.prioritize(job, -1);
        }
        assertThat(groups.tick(1)).as("half a turn is saved for B").containsExactly("A.0");

        // B loses its place first. Its savings are stored by then.
        groups.ready("H", 0).ready("I", 0);
        if (restart) {
            groups.restart();
        }
        assertThat(groups.drain()).containsExactly("H.0", "I.0", "A.1", "B.0", "A.2", "B.1", "B.2");
    }

    @Test
    void O5_thePriorityOfAPausedOrIdleJobHoldsForWhatComes() {
        core.ready("A", 0).ready("B", 0, 1);
        core.command(Command.PAUSE, "B");
        assertThat(core.prioritize("B", 2)).isEqualTo("SET_PRIORITY");
        assertThat(core.restart().prioritize("B", 2)).isEqualTo("NO_CHANGE");
        core.command(Command.RESUME, "B");
        assertThat(core.drain()).containsExactly("B.0", "B.1", "A.0");
        core.restart().ready("A", 1).ready("B", 2);
        assertThat(core.drain()).containsExactly("B.2", "A.1");
    }

    @Test
    void O5_theSamePriorityAgainChangesNothing() {
        core.ready("A", 0);
        assertThat(core.prioritize("A", 0)).isEqualTo("NO_CHANGE");
        core.prioritize("A", 4);
        assertThat(core.restart().prioritize("A", 4)).isEqualTo("NO_CHANGE");
        assertThat(core.prioritize("A", 0)).isEqualTo("SET_PRIORITY");
    }

    @Test
    void O5_finalizingTasksDoNotGoByThePriorityOfTheirJob() {
        core.ready("A", 0).commit("A").commit("B");
        assertThat(core.prioritize("B", 9)).isEqualTo("SET_PRIORITY");
        assertThat(core.restart().drain()).containsExactly("commit A", "commit B");
    }

    @Test
    void O5_aJobThatHasEndedHasNoPriorityMore() {
        core.ready("A", 0).end("A");
        assertThat(core.prioritize("A", 1)).isEqualTo("ENDED");
        assertThat(core.prioritize("Z", 1)).isEqualTo("UNKNOWN_JOB");
    }

    @Test
    void S11_aNewSessionVoidsPriorities() {
        core.ready("B", 0).prioritize("B", 5);
        core.session(1).ready("A", 0).ready("B", 0);
        assertThat(core.restart().drain()).containsExactly("A.0", "B.0");
    }

    @Test
    void S5_aJobWithoutTasksLeavesTheRotationWhenItsPriorityChanges() {
        core.ready("A", 0);
        assertThat(core.tick(1)).containsExactly("A.0");
        core.prioritize("A", 5);
        assertThat(core.scheduler().activeJobs()).isZero();
        assertThat(core.restart().ready("B", 0).ready("A", 1).drain()).containsExactly("A.1", "B.0");
    }

    @Test
    void L1_aSmallerPoolKeepsTheHighestPriorities() {
        core.ready("A", 0).ready("B", 0).ready("C", 0);
        core.prioritize("B", 1);
        core.restart(CoreFixture.policy(1, Fairness.JOB));
        assertThat(core.scheduler().activeJobs()).isEqualTo(1);
        assertThat(core.drain()).containsExactly("B.0", "A.0", "C.0");
    }

    @Test
    void S16_prioritiesDoNotChangeHowManyTurnsTheShardIsDue() {
        core.ready("A", 0).ready("B", 0).ready("C", 0);
        core.prioritize("B", 1);
        assertThat(core.restart().scheduler().turnsPerCycle()).isEqualTo(3);
        CoreFixture groups = new CoreFixture(CoreFixture.policy(5, Fairness.RESOURCE_GROUP))
                .group(1, "A", "B")
                .group(2, "C");
        groups.ready("A", 0).ready("B", 0).ready("C", 0).prioritize("B", 1);
        assertThat(groups.restart().scheduler().turnsPerCycle()).isEqualTo(2);
    }

    /** An older version would not find the queues of pending jobs, so it must not open such a state. */
    @Test
    void stateIsOfANewLayoutAsLongAsJobsHavePriorities() {
        byte[] before = core.ready("A", 0).storage().get(ledger());
        core.prioritize("A", 1);
        assertThat(core.storage().get(ledger())[0]).isEqualTo((byte) 3);
        core.drain();
        core.prioritize("A", 0);
        assertThat(core.storage().get(ledger())[0]).isEqualTo(before[0]).isEqualTo((byte) 2);
    }

    private static byte[] ledger() {
        return Keys.ledger();
    }

    @Test
    void levelsWithoutJobsLeaveNothingBehind() {
        core.ready("A", 0).drain();
        for (int priority : IntStream.rangeClosed(-3, 3).toArray()) {
            for (String job : List.of("A", "B", "C", "D")) {
                core.ready(job, 10 + priority);
                core.prioritize(job, priority);
            }
            core.restart();
        }
        core.drain();
        for (String job : List.of("B", "C", "D")) {
            core.end(job);
        }
        core.pass(Duration.ofHours(7));
        assertThat(core.restart().storage().keys())
                .noneMatch(key -> key.length > 8 && (key[8] == (byte) 0x4C || key[8] == (byte) 0x71));
    }
}
