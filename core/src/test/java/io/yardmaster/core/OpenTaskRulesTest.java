package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.LimitDemand;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.TaskEnd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tasks for whose limits nobody waits need no grant, and obey the same rules (L1-L6). */
class OpenTaskRulesTest {
    private static final Map<String, Long> LICENCE = Map.of("licence", 1L);

    private final CoreFixture core = CoreFixture.withActiveJobs(16);
    private final GraphFixture graphs = new GraphFixture(core);

    private static Map<String, Long> licences(long units) {
        return Map.of(LimitKeys.named("licence"), units);
    }

    /** Begins with a limit that tasks meet when they become ready. */
    private void begin(long units) {
        core.limit(licences(units));
        graphs.tick();
    }

    private LimitDemand demand() {
        return core.scheduler().limits().get(LimitKeys.named("licence"));
    }

    @Test
    void L4_theyStopWhereTheLimitIsAndGoOnAsUnitsAreReleased() {
        begin(20);
        graphs.submit("A", graph().needing("a", 50, "", LICENCE));
        assertThat(demand()).isEqualTo(new LimitDemand(0, 0, 50, 1));
        assertThat(graphs.tick(4)).hasSize(4);
        assertThat(demand()).isEqualTo(new LimitDemand(4, 0, 46, 1));
        core.restart();
        assertThat(demand()).isEqualTo(new LimitDemand(4, 0, 46, 1));
        assertThat(graphs.tick(100)).hasSize(16);
        assertThat(graphs.tick(100)).isEmpty();
        assertThat(demand()).isEqualTo(new LimitDemand(20, 0, 30, 1));
        core.outcome(TaskEnd.SUCCEEDED, "A.7");
        assertThat(graphs.tick(100)).containsExactly("A.20");
    }

    @Test
    void L2_jobsTakeTurnsAsTheyDoWithoutLimits() {
        begin(1_000);
        graphs.submit("A", graph().needing("a", 3, "", LICENCE));
        graphs.submit("B", graph().needing("b", 2, "", LICENCE));
        graphs.submit("C", graph().stage("c", 2));
        assertThat(graphs.tick(100)).containsExactly("A.0", "B.0", "C.0", "A.1", "B.1", "C.1", "A.2");
    }

    @Test
    void L1_whatWaitsWithAHigherPriorityIsServedFirst() {
        begin(20);
        graphs.submit("A", graph().needing("a", 60, "", LICENCE));
        assertThat(graphs.tick(15)).hasSize(15);
        graphs.submit("B", graph().needing("b", 5, "", LICENCE).priority(1));
        graphs.submit("C", graph().needing("c", 9, "", LICENCE));
        assertThat(graphs.tick(100)).containsExactly("B.0", "B.1", "B.2", "B.3", "B.4");
        core.outcome(TaskEnd.SUCCEEDED, "A.0");
        core.outcome(TaskEnd.SUCCEEDED, "A.1");
        List<String> next = new ArrayList<>(graphs.tick(100));
        next.addAll(graphs.tick(100));
        assertThat(next).containsExactlyInAnyOrder("C.0", "A.15");
    }

    @Test
    void L5_theyLeakNothingByPausesCancelsAndSessions() {
        begin(20);
        graphs.submit("A", graph().needing("a", 30, "", LICENCE));
        graphs.submit("B", graph().needing("b", 30, "", LICENCE));
        assertThat(graphs.tick(6)).hasSize(6);
        core.command(Command.PAUSE, "A");
        core.command(Command.CANCEL, "B");
        assertThat(demand()).isEqualTo(new LimitDemand(6, 0, 0, 0));
        core.restart();
        core.command(Command.RESUME, "A");
        assertThat(demand()).isEqualTo(new LimitDemand(6, 0, 27, 1));
        assertThat(graphs.tick(100)).hasSize(14);
        core.apply(new Event.SessionBegan(7));
        List<String> again = new ArrayList<>(graphs.tick(100));
        again.addAll(graphs.tick(100));
        assertThat(again).hasSize(20);
    }

    @Test
    void L6_aTickPutsABoundedNumberOfJobsIntoListsAndTheNextGoesOn() {
        CoreFixture many = CoreFixture.withActiveJobs(11_000);
        GraphFixture of = new GraphFixture(many);
        many.limit(licences(2));
        for (int job = 0; job < 10_100; job++) {
            of.submit("W" + job, graph().needing("w", 1, "", LICENCE));
        }
        of.submit("R", graph().stage("r", 1));
        assertThat(of.tick(10)).containsExactly("W0.0", "W1.0");
        assertThat(of.tick(10)).containsExactly("R.0");
        many.outcome(TaskEnd.SUCCEEDED, "W1.0");
        assertThat(of.tick(10)).containsExactly("W2.0");
    }

    @Test
    void L4_aLimitOfAllTasksThatComesLaterHoldsForThem() {
        begin(100);
        graphs.submit("A", graph().needing("a", 30, "", LICENCE));
        assertThat(graphs.tick(2)).hasSize(2);
        Map<String, Long> both = new HashMap<>(licences(100));
        both.put(LimitKeys.ALL, 3L);
        core.limit(both);
        assertThat(graphs.tick(100)).containsExactly("A.2");
        assertThat(graphs.tick(100)).isEmpty();
    }
}
