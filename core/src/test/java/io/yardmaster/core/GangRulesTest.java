package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.GraphStage.When;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LimitWait;
import io.yardmaster.core.values.TaskEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tasks of a gang are offered together until the gang has started (P5). */
class GangRulesTest {
    private final CoreFixture core = CoreFixture.withActiveJobs(4);
    private final GraphFixture graphs = new GraphFixture(core);

    @BeforeEach
    void begin() {
        core.limit(Map.of(LimitKeys.ofPool("gpu"), 9L));
    }

    private static GraphSketch gang() {
        return graph().gang("g", 4, "gpu");
    }

    /** Placement gives a task back that had no host. */
    private void giveBack(String text) {
        DispatchedTask made = core.latest(text);
        core.apply(new Event.AssignmentEnded(
                made.id(),
                made.group(),
                made.job(),
                made.kind(),
                made.taskIndex(),
                made.attempt(),
                made.session(),
                TaskEnd.REFUSED,
                core.now(),
                0,
                "",
                null,
                false));
    }

    private void giveBackOneByOne(String... texts) {
        for (String text : texts) {
            giveBack(text);
            assertThat(offered()).as("some of the gang are not back").isEmpty();
        }
    }

    /** Returns all tasks that are offered until every back-off is over. */
    private List<String> offered() {
        int before = core.log().assignments().size();
        graphs.pass(10).tick();
        List<DispatchedTask> all = core.log().assignments();
        return all.subList(before, all.size()).stream().map(core::text).toList();
    }

    @Test
    void P5_aGangThatIsGivenBackInPartsIsOfferedAsAWholeAgain() {
        graphs.submit("A", gang());
        assertThat(offered()).containsExactly("A.0", "A.1", "A.2", "A.3");
        giveBackOneByOne("A.0", "A.1");
        graphs.restart();
        giveBackOneByOne("A.2");
        giveBack("A.3");
        assertThat(offered()).containsExactly("A.0", "A.1", "A.2", "A.3");
        assertThat(core.log().assignments().subList(4, 8))
                .as("offers of one time go in one record")
                .extracting(DispatchedTask::readyAt)
                .containsOnly(core.latest("A.0").readyAt());
        graphs.succeed("A.0", "A.1", "A.2");
        assertThat(graphs.succeed("A.3")).contains("A SUCCEEDED");
    }

    @Test
    void P5_aGangThatIsGivenBackTwiceIsOfferedAsAWholeEachTime() {
        graphs.submit("A", gang());
        offered();
        for (int time = 0; time < 2; time++) {
            giveBackOneByOne("A.0", "A.1", "A.2");
            giveBack("A.3");
            assertThat(offered()).containsExactly("A.0", "A.1", "A.2", "A.3");
        }
    }

    @Test
    void P5_aTaskOfAGangThatHasStartedIsOfferedAloneAlsoIfItIsGivenBackThen() {
        graphs.submit("A", gang());
        offered();
        graphs.refuse("A.0");
        assertThat(offered()).as("its host was lost, the others run").containsExactly("A.0");
        graphs.restart();
        giveBack("A.0");
        assertThat(offered()).containsExactly("A.0");
    }

    @Test
    void G4_aTaskOfAGangThatIsTriedAgainIsOfferedAloneAlsoIfItIsGivenBackThen() {
        HostDemand together = new HostDemand(Map.of(), Map.of(), true);
        graphs.submit(
                "A",
                graph().stage(new GraphStage(
                        "g", 2, List.of(), When.ALL, 2, 0, 0, 0, Map.of(), "gpu", together, GraphStage.NO_PAYLOAD)));
        offered();
        graphs.fail("A.0");
        assertThat(offered()).containsExactly("A.0#1");
        giveBack("A.0#1");
        assertThat(offered()).containsExactly("A.0#1");
    }

    @Test
    void P5_theOthersOfAGangOfWhichATaskFailedBeforeANewSessionAreNotHeldUp() {
        HostDemand together = new HostDemand(Map.of(), Map.of(), true);
        graphs.submit(
                "A",
                graph().stage(new GraphStage(
                        "g", 3, List.of(), When.ALL, 2, 0, 0, 0, Map.of(), "gpu", together, GraphStage.NO_PAYLOAD)));
        offered();
        graphs.fail("A.2");
        offered();
        core.apply(new Event.SessionBegan(1));
        core.session(1);
        assertThat(offered()).containsExactlyInAnyOrder("A.0", "A.1", "A.2#1");
        giveBack("A.0");
        giveBack("A.1");
        assertThat(offered()).containsExactly("A.0", "A.1");
    }

    @Test
    void P5_anotherGangOfTheJobIsNotHeldUp() {
        graphs.submit("A", gang().gang("h", 4, "gpu"));
        assertThat(offered()).hasSize(8);
        giveBackOneByOne("A.0", "A.1");
        giveBackOneByOne("A.4", "A.5", "A.6");
        giveBack("A.7");
        assertThat(offered()).containsExactly("A.4", "A.5", "A.6", "A.7");
    }

    @Test
    void G6_aNewSessionOffersAGangAnewThatWasGivenBackInParts() {
        graphs.submit("A", gang());
        offered();
        giveBackOneByOne("A.0", "A.1");
        core.apply(new Event.SessionBegan(1));
        core.session(1);
        assertThat(offered()).containsExactly("A.0", "A.1", "A.2", "A.3");
        giveBackOneByOne("A.0", "A.1", "A.2");
        giveBack("A.3");
        assertThat(offered()).containsExactly("A.0", "A.1", "A.2", "A.3");
    }

    @Test
    void G4_theTasksOfAGangThatAreBackAreKilledWithTheirStage() {
        graphs.submit("A", gang().stage("b", 1).stage("last", 1, "g", When.ENDED));
        assertThat(offered()).hasSize(5);
        giveBackOneByOne("A.0", "A.1");
        List<String> news = new ArrayList<>(graphs.fail("A.4"));
        giveBack("A.2");
        giveBack("A.3");
        assertThat(offered()).as("it runs in any case").containsExactly("A.5");
        news.addAll(graphs.news());
        assertThat(news).contains("killed A.0-1", "killed A.2", "killed A.3");
        assertThat(graphs.succeed("A.5")).contains("A ENDED");
    }

    @Test
    void L10_aGangThatWaitsForALimitSaysSoForAllOfItsTasks() {
        String group = LimitKeys.ofGroup(7);
        core.limit(Map.of(LimitKeys.ofPool("gpu"), 9L, group, 5L));
        graphs.submit("A", graph().pooled("a", 2, "", "gpu", Map.of()).group(7));
        assertThat(offered()).hasSize(2);
        graphs.submit("B", gang().group(7));
        assertThat(offered()).isEmpty();
        assertThat(core.wait("B")).as("three places are free").isEqualTo(new LimitWait(group, 4, 2, 5));
        graphs.succeed("A.0");
        assertThat(offered()).containsExactly("B.0", "B.1", "B.2", "B.3");
    }

    @Test
    void O4_aCancelledJobLeavesNothingOfAGangThatWasGivenBackInParts() {
        graphs.submit("A", gang());
        offered();
        giveBackOneByOne("A.0", "A.1");
        core.command(Command.CANCEL, "A");
        giveBack("A.2");
        giveBack("A.3");
        assertThat(offered()).isEmpty();
    }
}
