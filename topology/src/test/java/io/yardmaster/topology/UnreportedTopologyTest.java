package io.yardmaster.topology;

import static io.yardmaster.topology.SubmittedGraph.pooled;
import static io.yardmaster.topology.SubmittedGraph.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Graphs whose execution managers commit, and do not write outcomes (O3). */
class UnreportedTopologyTest {
    private static final long JOB = 5;
    private static final long OTHER_JOB = 6;
    private static final int[] MISREPORTED_JOB = {0xFE, 6};
    private static final int TICKS_IN_TWO_SECONDS = 400;

    private final SchedulerDriver scheduler = new SchedulerDriver("events", "tasks");

    UnreportedTopologyTest() {
        scheduler.outcomesWritten = 0L;
    }

    @AfterEach
    void close() {
        scheduler.close();
    }

    private void submit(Stage... stages) {
        JobGraph graph = SubmittedGraph.of(JOB, stages);
        scheduler.send(Topic.GRAPHS, JOB, graph);
    }

    private List<TaskAssignment> ticks(int ticks) {
        List<TaskAssignment> made = new ArrayList<>();
        for (int i = 0; i < ticks; i++) {
            made.addAll(scheduler.tick());
        }
        return made;
    }

    private List<Integer> tasks(int ticks) {
        return ticks(ticks).stream().map(TaskAssignment::getTaskIndex).toList();
    }

    private void take(List<TaskAssignment> assignments) {
        assignments.forEach(one -> scheduler.taken.add(one.getAssignmentId()));
    }

    @Test
    void O3_aGraphGoesOnByWhatTheGroupHasCommitted() {
        submit(stage("a", 3), stage("b", 1, "a"));
        List<TaskAssignment> made = ticks(2);
        take(made.subList(0, 2));
        assertThat(ticks(50)).isEmpty();
        take(made);
        assertThat(tasks(50)).containsExactly(3);
        assertThat(scheduler.written(Topic.EVENTS))
                .filteredOn(event -> event.getWhat() == JobEventKind.TASKS_SUCCEEDED)
                .extracting(JobEvent::getFirstTask, JobEvent::getTasks)
                .containsExactly(tuple(0, 2L), tuple(2, 1L));
    }

    @Test
    void O3_aTaskOfAPoolIsCountedForThePool() {
        scheduler.pool("gpu", 5L, false);
        submit(pooled("a", 1, "gpu"), stage("b", 1, "a"));
        ticks(10);
        scheduler
                .dispatched("gpu")
                .readValuesToList()
                .forEach(one -> scheduler.takenOfPools.add(one.getAssignmentId()));
        assertThat(tasks(TICKS_IN_TWO_SECONDS)).containsExactly(1);
        assertThat(scheduler.meters.outcomes).containsExactly("SUCCEEDED in gpu");
    }

    /** The outcome was written before the offset was committed, so it is waited for. */
    @Test
    void O3_nothingIsCountedBeforeTheOutcomesUpToThenAreRead() {
        submit(stage("a", 1), stage("b", 1, "a"));
        List<TaskAssignment> made = ticks(2);
        scheduler.outcomesWritten = 9L;
        scheduler.outcomesRead = 8;
        take(made);
        assertThat(ticks(TICKS_IN_TWO_SECONDS)).isEmpty();
        scheduler.outcome(made.get(0), TaskResult.FAILED, "");
        scheduler.outcomesRead = 9;
        assertThat(ticks(TICKS_IN_TWO_SECONDS)).isEmpty();
        assertThat(scheduler.written(Topic.EVENTS))
                .filteredOn(event -> event.getWhat() == JobEventKind.JOB_FAILED)
                .hasSize(1);
    }

    @Test
    void O3_aBrokerThatDoesNotAnswerIsAskedAgain() {
        submit(stage("a", 1), stage("b", 1, "a"));
        List<TaskAssignment> made = ticks(2);
        scheduler.outcomesWritten = null;
        take(made);
        assertThat(ticks(TICKS_IN_TWO_SECONDS)).isEmpty();
        scheduler.outcomesWritten = 0L;
        assertThat(tasks(TICKS_IN_TWO_SECONDS)).containsExactly(1);
    }

    @Test
    void O3_aFleetThatReportsMayHaveOneThatDoesNot() {
        submit(
                stage("a", 1),
                stage("b", 1),
                stage("c", 1),
                stage("d", 1),
                stage("behind a", 1, "a"),
                stage("behind b", 1, "b"),
                stage("behind c", 1, "c"),
                stage("behind d", 1, "d"));
        List<TaskAssignment> made = ticks(2);
        scheduler.outcome(made.get(0), TaskResult.SUCCEEDED, "");
        scheduler.outcome(made.get(1), TaskResult.SUCCEEDED, "");
        take(made.subList(1, 3));
        assertThat(tasks(TICKS_IN_TWO_SECONDS)).containsExactly(4, 5, 6);
    }

    /** Somebody reports the task; as nobody knows what, it does not succeed by the commit. */
    @Test
    void O3_aJobOfWhichAnOutcomeWasRefusedNeedsOutcomes() {
        submit(stage("a", 2), stage("b", 1, "a"));
        scheduler.send(Topic.GRAPHS, OTHER_JOB, SubmittedGraph.of(OTHER_JOB, stage("a", 1), stage("b", 1, "a")));
        List<TaskAssignment> made = ticks(2);
        scheduler.send(Topic.OUTCOMES, JOB, SchedulerDriver.refusedOutcomeOf(made.get(0)));
        take(made);
        assertThat(ticks(TICKS_IN_TWO_SECONDS))
                .extracting(TaskAssignment::getJobId)
                .containsExactly(OTHER_JOB);
        made.stream()
                .filter(one -> one.getJobId() == JOB)
                .forEach(one -> scheduler.outcome(one, TaskResult.SUCCEEDED, ""));
        assertThat(scheduler.stored(MISREPORTED_JOB)).isEqualTo(1);
        List<TaskAssignment> last = ticks(TICKS_IN_TWO_SECONDS);
        assertThat(last).extracting(TaskAssignment::getTaskIndex).containsExactly(2);
        scheduler.outcome(last.get(0), TaskResult.SUCCEEDED, "");
        ticks(TICKS_IN_TWO_SECONDS);
        assertThat(scheduler.stored(MISREPORTED_JOB)).isZero();
    }

    @Test
    void O3_anOutcomeThatNobodyCanReadIsOneOfTheJobInItsKey() {
        submit(stage("a", 1), stage("b", 1, "a"));
        take(ticks(2));
        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(JOB).array();
        scheduler.sendRaw(Topic.OUTCOMES, key, new byte[] {1, 2, 3});
        assertThat(ticks(TICKS_IN_TWO_SECONDS)).isEmpty();
    }

    /** The refused outcome is the last one before the end that is waited for. */
    @Test
    void O3_anOutcomeThatIsRefusedWhileItIsWaitedForCounts() {
        submit(stage("a", 1), stage("b", 1, "a"));
        List<TaskAssignment> made = ticks(2);
        scheduler.outcomesWritten = 9L;
        scheduler.outcomesRead = 8;
        take(made);
        assertThat(ticks(TICKS_IN_TWO_SECONDS)).isEmpty();
        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(JOB).array();
        scheduler.sendRaw(Topic.OUTCOMES, key, new byte[] {1, 2, 3});
        scheduler.outcomesRead = 9;
        assertThat(ticks(TICKS_IN_TWO_SECONDS)).isEmpty();
    }

    /** A share group gives up an assignment that nobody has acknowledged. */
    @Test
    void O3_whatAShareGroupHasPassedIsNotCounted() {
        scheduler.isShareGroup = true;
        submit(stage("a", 1), stage("b", 1, "a"));
        take(ticks(2));
        assertThat(ticks(TICKS_IN_TWO_SECONDS)).isEmpty();
    }

    @Test
    void O3_manyTasksAreCountedInPortions() {
        submit(stage("a", 3_000), stage("b", 1, "a"));
        List<TaskAssignment> made = new ArrayList<>();
        while (made.size() < 3_000) {
            List<TaskAssignment> some = ticks(1);
            take(some);
            made.addAll(some);
        }
        assertThat(tasks(TICKS_IN_TWO_SECONDS)).containsExactly(3_000);
    }
}
