package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static io.yardmaster.core.GraphFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage.When;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.TaskEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tasks of graphs that the fleet has committed and of which no outcome comes (O3). */
class UnreportedRulesTest {
    private static final int MANY = 3_000;

    private final GraphFixture graphs = GraphFixture.withActiveJobs(4);
    private final CoreFixture core = graphs.core;

    private List<String> unreported(String... texts) {
        return unreported(Stream.of(texts).map(core::latest).toList());
    }

    private List<String> unreported(List<DispatchedTask> made) {
        core.apply(new Event.AssignmentsUnreported(
                made.stream().mapToLong(DispatchedTask::id).sorted().toArray()));
        return graphs.news();
    }

    private List<DispatchedTask> made(int tasks) {
        int before = core.log().assignments().size();
        core.tick(tasks);
        return new ArrayList<>(core.log()
                .assignments()
                .subList(before, core.log().assignments().size()));
    }

    @Test
    void O3_aGraphGoesToItsEndWithoutAnyOutcome() {
        graphs.submit("J", graph().stage("a", 2).stage("b", 2, "each a").commit());
        assertThat(graphs.tick()).containsExactly("J.0", "J.1");
        assertThat(unreported("J.1")).isEmpty();
        assertThat(graphs.tick()).containsExactly("J.3");
        graphs.restart();
        unreported("J.0", "J.3");
        assertThat(graphs.restart().tick()).containsExactly("J.2");
        assertThat(unreported("J.2")).containsExactly("J COMMITTING");
        assertThat(graphs.tick()).containsExactly("commit J");
        assertThat(unreported("commit J")).containsExactly("J SUCCEEDED", "J ENDED");
        assertThat(graphs.passed("J")).isEqualTo("0,1,2,3");
    }

    @Test
    void O3_aJobWhoseTasksFailedCleansUpWithoutAnOutcome() {
        graphs.submit("J", graph().stage("a", 1).stage("b", 1, "", When.ENDED).cleanup());
        graphs.tick();
        graphs.fail("J.0");
        assertThat(graphs.tick()).containsExactly("cleanup J");
        assertThat(unreported("cleanup J")).containsExactly("J ENDED");
    }

    @Test
    void O3_whatWasReportedStaysAsItWas() {
        graphs.submit("J", graph().goesOn().stage("a", 3).attempts(2, 0).stage("b", 1, "a"));
        graphs.tick();
        DispatchedTask first = core.latest("J.0");
        graphs.fail("J.0");
        graphs.refuse("J.1");
        graphs.succeed("J.2");
        unreported(List.of(first, core.latest("J.1"), core.latest("J.2")));
        assertThat(graphs.tick()).containsExactly("J.0#1");
        graphs.pass(2);
        assertThat(graphs.tick()).containsExactly("J.1");
        graphs.fail("J.0#1");
        unreported("J.0#1", "J.1");
        assertThat(graphs.passed("J")).isEqualTo("1,2");
        assertThat(graphs.killed("J")).isEqualTo("3");
        assertThat(core.outcome(TaskEnd.FAILED, "J.1")).isEqualTo("REPEATED");
    }

    @Test
    void O3_aLongTaskCountsAlsoAfterTheExpiryOfOutcomes() {
        graphs.submit("J", graph().stage("a", 1).stage("b", 1, "a"));
        graphs.tick();
        graphs.submit("K", graph().stage("a", 5_000));
        core.drain(1_000);
        for (int minute = 0; minute < 30 * 60; minute++) {
            core.jump(Duration.ofSeconds(59)).tick(0);
        }
        unreported("J.0");
        assertThat(graphs.restart().tick()).containsExactly("J.1");
    }

    @Test
    void O3_assignmentsOfAnOlderSessionAreVoid() {
        graphs.submit("J", graph().stage("a", 2).stage("b", 1, "a"));
        graphs.tick();
        List<DispatchedTask> old = List.copyOf(core.log().assignments());
        core.apply(new Event.SessionBegan(5));
        assertThat(graphs.tick()).containsExactly("J.0", "J.1");
        unreported(old);
        assertThat(graphs.tick()).isEmpty();
        unreported("J.0", "J.1");
        assertThat(graphs.tick()).containsExactly("J.2");
    }

    @Test
    void O3_jobsWithoutGraphsAndEndedJobsAreLeftAlone() {
        core.ready("A", 0, 1);
        graphs.submit("J", graph().stage("a", 1));
        core.drain();
        core.command(Command.CANCEL, "J");
        graphs.news();
        assertThat(unreported("A.0", "A.1", "J.0")).isEmpty();
        assertThat(core.outcome(TaskEnd.FAILED, "A.0")).isEqualTo("FAILED");
        assertThat(core.log().all().stream().filter(Decision.Ended.class::isInstance))
                .hasSize(1);
    }

    @Test
    void O3_aTaskGivesItsUnitsBack() {
        core.limit(Map.of(LimitKeys.named("a"), 1L));
        graphs.submit("J", graph().needing("a", 3, "", Map.of("a", 1L)));
        assertThat(graphs.tick()).containsExactly("J.0");
        unreported("J.0");
        assertThat(graphs.tick()).containsExactly("J.1");
        core.apply(new Event.AssignmentsTaken(new long[] {core.latest("J.1").id()}));
        assertThat(graphs.tick()).containsExactly("J.2");
        unreported("J.1", "J.2");
        assertThat(graphs.reached(JobMilestone.SUCCEEDED, "J")).isEqualTo(1);
    }

    /** Some thousand assignments in a record, or some runs; ended in order, in any order, or by halves. */
    @Test
    void O3_whatIsKeptOfTasksThatAreOutIsSmallAndGoesWhenTheyEnd() {
        graphs.submit("J", graph().goesOn().stage("a", MANY));
        graphs.submit("K", graph().goesOn().stage("a", MANY));
        List<DispatchedTask> out = made(2 * MANY);
        assertThat(out).hasSize(2 * MANY);
        assertThat(storedOfTasks()).isLessThan(10 * 2 * MANY);
        Collections.shuffle(out, new Random(3));
        List<DispatchedTask> left = out.subList(0, 1_000);
        out.subList(1_000, out.size()).forEach(one -> core.outcome(TaskEnd.SUCCEEDED, one));
        assertThat(storedOfTasks()).isBetween(1_000L, 20_000L);
        assertThat(core.storage().longestPut()).isLessThanOrEqualTo(Storage.MOST_VALUE_BYTES);
        graphs.restart();
        unreported(left);
        assertThat(graphs.reached(JobMilestone.SUCCEEDED, "J")).isEqualTo(1);
        assertThat(graphs.reached(JobMilestone.SUCCEEDED, "K")).isEqualTo(1);
        for (int flush = 0; flush < 20; flush++) {
            core.tick(1);
        }
        assertThat(storedOfTasks()).isZero();
    }

    @Test
    void O3_nothingIsKeptOfATaskThatEndsBeforeTheNextFlush() {
        graphs.submit("J", graph().stage("a", 10).stage("b", 1, "a"));
        int before = core.storage().keys().size();
        core.tick(10);
        graphs.succeed(texts("J", 0, 9));
        core.tick(1);
        core.tick(1);
        assertThat(storedOfTasks()).isLessThan(30);
        graphs.succeed("J.9");
        core.tick(0);
        core.tick(0);
        assertThat(storedOfTasks()).isZero();
        assertThat(core.storage().keys()).hasSizeLessThanOrEqualTo(before + 1);
    }

    @Test
    void O3_nothingIsKeptOfACancelledJob() {
        graphs.submit("J", graph().stage("a", 1_000));
        made(500);
        assertThat(storedOfTasks()).isPositive();
        core.command(Command.CANCEL, "J");
        core.tick(1);
        assertThat(storedOfTasks()).isZero();
    }

    private long storedOfTasks() {
        Keys keys = new Keys();
        keys.begin(0);
        long[] bytes = {0};
        core.storage().scan(keys.allAwaited(), (key, value) -> bytes[0] += key.length + value.length);
        return bytes[0];
    }
}
