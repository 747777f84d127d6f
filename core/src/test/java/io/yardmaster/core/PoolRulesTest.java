package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.LimitDemand;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LimitWait;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.view.JobView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks of pools other than the default one (L9). */
class PoolRulesTest {
    private static final String GPU = LimitKeys.ofPool("gpu");
    private static final String CPU = LimitKeys.ofPool("cpu");

    private final CoreFixture core = CoreFixture.withActiveJobs(2);
    private final GraphFixture graphs = new GraphFixture(core);

    private static GraphSketch pooled(String pool, int tasks) {
        return graph().pooled("a", tasks, "", pool, Map.of());
    }

    @Test
    void L9_anAssignmentNamesItsPool() {
        core.limit(Map.of(GPU, 5L));
        graphs.submit("A", pooled("gpu", 1).stage("b", 1).commit());
        assertThat(graphs.tick()).containsExactlyInAnyOrder("A.0", "A.1");
        assertThat(core.latest("A.0").pool()).isEqualTo("gpu");
        assertThat(core.latest("A.1").pool()).isEmpty();
        graphs.succeed("A.0", "A.1");
        assertThat(graphs.tick()).containsExactly("commit A");
        assertThat(core.latest("commit A").pool())
                .as("the commit task is the default pool's")
                .isEmpty();
    }

    @Test
    void L9_aPausedPoolKeepsItsTasksAndNoOtherPoolNotices() {
        core.limit(Map.of(GPU, 0L, CPU, 5L));
        graphs.submit("A", pooled("gpu", 2).pooled("b", 1, "", "cpu", Map.of()).stage("c", 1));
        assertThat(graphs.tick()).containsExactlyInAnyOrder("A.2", "A.3");
        assertThat(graphs.tick()).isEmpty();
        assertThat(core.wait("A")).isEqualTo(new LimitWait(GPU, 1, 0, 0));
        graphs.submit("B", pooled("gpu", 1));
        assertThat(graphs.tick()).isEmpty();
        assertThat(core.view("B").state()).isEqualTo(JobView.State.PARKED);
        core.limit(Map.of(GPU, 5L, CPU, 5L));
        assertThat(graphs.tick()).containsExactly("A.0", "B.0", "A.1");
    }

    @Test
    void L9_tasksOfAPoolThatIsGoneWaitUntilItIsBack() {
        core.limit(Map.of(GPU, 1L));
        graphs.submit("A", pooled("gpu", 3));
        assertThat(graphs.tick()).containsExactly("A.0");
        core.limit(Map.of());
        graphs.submit("B", pooled("gpu", 1));
        graphs.restart();
        assertThat(graphs.tick()).isEmpty();
        graphs.succeed("A.0");
        assertThat(graphs.tick()).isEmpty();
        assertThat(core.wait("B")).isEqualTo(new LimitWait(GPU, 1, 0, 0));
        core.limit(Map.of(GPU, 9L));
        assertThat(graphs.tick()).containsExactly("A.1", "B.0", "A.2");
    }

    @Test
    void L9_aFullWindowOfTheDefaultPoolKeepsNoOtherPoolBack() {
        core.limit(Map.of(GPU, 2L));
        graphs.submit("A", graph().stage("a", 5).pooled("b", 3, "", "gpu", Map.of()));
        assertThat(graphs.tick(0)).containsExactly("A.5", "A.6");
        assertThat(graphs.tick(1)).containsExactly("A.0");
    }

    @Test
    void L9_aFullPoolKeepsNothingElseBackAndUsesNothingOfTheBudget() {
        core.limit(Map.of(GPU, 1L, CPU, 1L));
        graphs.submit("A", pooled("gpu", 5).stage("b", 2).pooled("c", 1, "", "cpu", Map.of()));
        assertThat(graphs.tick(2)).containsExactlyInAnyOrder("A.0", "A.5", "A.6", "A.7");
        assertThat(core.scheduler().demand().backlog())
                .as("no shard competes for the default window with it")
                .isZero();
    }

    @Test
    void L9_allJobsTakePartInAPoolHoweverManyAreActive() {
        core.limit(Map.of(GPU, 6L));
        for (String job : List.of("A", "B", "C", "D")) {
            graphs.submit(job, pooled("gpu", 2));
        }
        assertThat(graphs.tick()).containsExactly("A.0", "B.0", "C.0", "D.0", "A.1", "B.1");
    }

    @ParameterizedTest
    @CsvSource({"1,5", "5,5", "15,5", "25,5", "1,10", "5,10", "15,10", "25,10", "1,20", "5,20", "15,20", "25,20"})
    void L8_asManyTasksOfAPoolAreOutAsItsWindowAllows(long limit, int tasks) {
        core.limit(Map.of(GPU, limit));
        graphs.submit("A", pooled("gpu", tasks));
        graphs.submit("B", pooled("gpu", tasks));
        List<String> out = new ArrayList<>();
        int peak = 0;
        for (int ended = 0; ended < 2 * tasks; ended++) {
            out.addAll(graphs.tick());
            peak = Math.max(peak, out.size());
            graphs.succeed(out.remove(0));
        }
        assertThat(peak).isEqualTo((int) Math.min(2L * tasks, limit));
        assertThat(graphs.tick()).isEmpty();
    }

    @Test
    void L5_aTaskOfAPoolHoldsItsPlaceAndItsUnitsOrNeither() {
        String licence = LimitKeys.named("licence");
        core.limit(Map.of(GPU, 2L, licence, 1L));
        graphs.submit("A", graph().pooled("a", 3, "", "gpu", Map.of("licence", 1L)));
        graphs.submit("B", pooled("gpu", 3));
        assertThat(graphs.tick()).containsExactlyInAnyOrder("A.0", "B.0");
        graphs.succeed("B.0");
        assertThat(graphs.tick()).containsExactly("B.1");
        assertThat(core.wait("A").limit()).isEqualTo(licence);
        core.limit(Map.of(GPU, 0L, licence, 5L)).follow(new LivePolicy(Map.of(), Map.of(GPU, 0L, licence, 5L)));
        graphs.tick();
        assertThat(core.scheduler().limits())
                .as("other shards reserve nothing for a pool that is paused")
                .containsEntry(licence, new LimitDemand(1, 0, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUCCEEDED", "FAILED", "KILLED", "REFUSED"})
    void L5_everyEndGivesThePlaceBack(TaskEnd end) {
        core.limit(Map.of(GPU, 1L));
        graphs.submit("A", pooled("gpu", 1));
        graphs.submit("B", pooled("gpu", 1));
        assertThat(graphs.tick()).containsExactly("A.0");
        assertThat(core.scheduler().poolOf(core.latest("A.0").id())).isEqualTo("gpu");
        core.outcome(end, "A.0");
        assertThat(core.scheduler().poolOf(core.latest("A.0").id())).isEmpty();
        assertThat(graphs.tick()).containsExactly("B.0");
    }

    @Test
    void O3_whatTheGroupOfThePoolTookGivesThePlaceBack() {
        core.limit(Map.of(GPU, 1L));
        graphs.submit("A", pooled("gpu", 2));
        graphs.tick();
        core.apply(new Event.AssignmentsTaken(core.scheduler().holding(0, 10)));
        assertThat(graphs.tick()).containsExactly("A.1");
    }

    @Test
    void O7_aRefusedTaskIsOfferedAgainInItsPool() {
        core.limit(Map.of(GPU, 1L));
        graphs.submit("A", pooled("gpu", 1));
        graphs.tick();
        graphs.refuse("A.0");
        int before = core.log().assignments().size();
        graphs.pass(5);
        List<DispatchedTask> again = core.log().assignments();
        assertThat(again).hasSize(before + 1);
        assertThat(again.get(before).pool()).isEqualTo("gpu");
    }

    @Test
    void O4_nothingOfACancelledJobIsOfferedInAPool() {
        core.limit(Map.of(GPU, 1L));
        graphs.submit("A", pooled("gpu", 3));
        graphs.submit("B", pooled("gpu", 1));
        graphs.tick();
        core.command(Command.CANCEL, "A");
        core.outcome(TaskEnd.KILLED, "A.0");
        assertThat(graphs.tick()).containsExactly("B.0");
    }

    @Test
    void O5_aPausedJobWaitsInAPoolToo() {
        core.limit(Map.of(GPU, 1L));
        graphs.submit("A", pooled("gpu", 2));
        core.command(Command.PAUSE, "A");
        graphs.submit("B", pooled("gpu", 1));
        assertThat(graphs.tick()).containsExactly("B.0");
        graphs.succeed("B.0");
        assertThat(graphs.tick()).isEmpty();
        core.command(Command.RESUME, "A");
        assertThat(graphs.tick()).containsExactly("A.0");
    }

    @Test
    void L1_aHigherPriorityGoesFirstInAPool() {
        core.limit(Map.of(GPU, 1L));
        graphs.submit("A", pooled("gpu", 3));
        graphs.submit("B", pooled("gpu", 2).priority(1));
        assertThat(graphs.tick()).containsExactly("B.0");
        graphs.succeed("B.0");
        assertThat(graphs.tick()).containsExactly("B.1");
        graphs.succeed("B.1");
        assertThat(graphs.tick()).containsExactly("A.0");
    }

    @Test
    void L2_groupsHaveTheirTurnsInAPoolByWeight() {
        CoreFixture grouped = new CoreFixture(CoreFixture.policy(4, Fairness.RESOURCE_GROUP));
        GraphFixture of = new GraphFixture(grouped);
        grouped.limit(Map.of(GPU, 1L)).weigh(Map.of(1L, 1.0, 2L, 0.5));
        assertThat(of.turnsOfOneJobBesideThree("gpu", of::succeed)).isBetween(98, 102);
    }

    @Test
    void L1_theStagesOfAJobGoByPriorityInEachPoolAlone() {
        String licence = LimitKeys.named("licence");
        core.limit(Map.of(GPU, 1L, CPU, 1L, licence, 1L));
        graphs.submit(
                "A",
                graph().pooled("low", 1, "", "gpu", Map.of())
                        .pooled("high", 2, "", "gpu", Map.of())
                        .first(9)
                        .pooled("other", 2, "", "cpu", Map.of())
                        .first(-9)
                        .needing("default", 2, "", Map.of("licence", 1L)));
        assertThat(graphs.tick()).containsExactlyInAnyOrder("A.1", "A.3", "A.5");
        graphs.succeed("A.1", "A.3", "A.5");
        assertThat(graphs.tick()).containsExactlyInAnyOrder("A.2", "A.4", "A.6");
        graphs.succeed("A.2", "A.4", "A.6");
        assertThat(graphs.tick()).containsExactly("A.0");
    }

    @Test
    void L7_theRateOfAGroupHoldsInAPoolToo() {
        core.rate(Map.of(7L, new DispatchRate(1, 2))).limit(Map.of(GPU, 9L));
        graphs.submit("A", pooled("gpu", 3).group(7));
        graphs.submit("B", pooled("gpu", 2).group(8));
        assertThat(graphs.tick()).containsExactlyInAnyOrder("A.0", "A.1", "B.0", "B.1");
        core.jump(Duration.ofMillis(999));
        assertThat(graphs.tick()).isEmpty();
        core.jump(Duration.ofMillis(1));
        assertThat(graphs.tick()).containsExactly("A.2");
    }

    @Test
    void L9_aFullPoolHoldsNoUnitsBackForTheGroupThatGoesFirst() {
        CoreFixture fair = new CoreFixture(CoreFixture.policy(4, Fairness.DRF));
        GraphFixture of = new GraphFixture(fair);
        Map<String, Long> limits = Map.of(GPU, 20L, LimitKeys.named("licence"), 40L);
        fair.limit(limits).follow(new LivePolicy(Map.of(), limits));
        of.submit("A", pooled("gpu", 20).group(1));
        assertThat(of.tick()).hasSize(20);
        of.submit("B", graph().needing("b", 60, "", Map.of("licence", 1L)).group(2));
        assertThat(of.tick()).hasSize(40);
        of.submit("C", graph().pooled("c", 5, "", "gpu", Map.of("licence", 2L)).group(3));
        assertThat(of.tick()).isEmpty();
        of.succeed("B.0");
        assertThat(of.tick()).containsExactly("B.40");
        of.succeed("A.0", "B.1");
        assertThat(of.tick()).as("C lacks a licence alone, and goes first").isEmpty();
        of.succeed("B.2");
        assertThat(of.tick()).containsExactly("C.0");
    }

    @Test
    void S2_aTickOffersNoMoreInPoolsThanItIsAllowed() {
        graphs.submit("A", pooled("gpu", 100));
        Budget budget = new Budget(0, Map.of(), Budget.NO_FLOOR, Map.of(GPU, 50L), 20);
        for (int offered : List.of(20, 20, 10, 0)) {
            assertThat(core.scheduler().tick(core.now(), budget)).isZero();
            assertThat(core.scheduler().takeOfferedInPools()).isEqualTo(offered);
        }
    }
}
