package io.yardmaster.topology;

import static io.yardmaster.topology.SubmittedGraph.needing;
import static io.yardmaster.topology.SubmittedGraph.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits, from the policy's entry and the graph's needs to assignments and their ends. */
class LimitTopologyTest {
    private static final long JOB = 5;

    private SchedulerDriver scheduler = new SchedulerDriver();

    @AfterEach
    void close() {
        scheduler.close();
    }

    private void submit(long job, Stage... stages) {
        JobGraph graph = SubmittedGraph.of(job, stages);
        scheduler.send(Topic.GRAPHS, job, graph);
    }

    /** All assignments of the next ticks. */
    private List<TaskAssignment> ticks() {
        List<TaskAssignment> made = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            made.addAll(scheduler.tick());
        }
        return made;
    }

    private void end(TaskAssignment assignment) {
        scheduler.outcome(assignment, TaskResult.SUCCEEDED, "");
    }

    @Test
    void L4_asManyTasksAreOutAsTheLimitAllowsAndOutcomesLetOthersGo() {
        scheduler.limit("limit/licence", 5L);
        submit(JOB, needing("a", 10, Map.of("licence", 2L)));
        List<TaskAssignment> made = ticks();
        assertThat(made).hasSize(2);
        end(made.get(0));
        assertThat(ticks()).hasSize(1);
        assertThat(ticks()).isEmpty();
    }

    @Test
    void L4_aLimitIsRaisedAndLoweredAtRunTime() {
        scheduler.limit("limit/licence", 2L);
        submit(JOB, needing("a", 10, Map.of("licence", 1L)));
        List<TaskAssignment> made = new ArrayList<>(ticks());
        assertThat(made).hasSize(2);
        scheduler.limit("limit/licence", 4L);
        made.addAll(ticks());
        assertThat(made).hasSize(4);
        scheduler.limit("limit/licence", 1L);
        made.subList(0, 3).forEach(this::end);
        assertThat(ticks()).isEmpty();
        end(made.get(3));
        assertThat(ticks()).hasSize(1);
        scheduler.limit("limit/licence", null);
        assertThat(ticks()).as("a limit that was withdrawn has no units").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"group/7", "tasks/all", "tasks/job"})
    void L8_tasksOfAGroupOfAJobAndOfAllAreLimited(String key) {
        scheduler.limit(key, 3L);
        scheduler.ready(JOB, 0, 0, IntStream.range(0, 20).boxed().toArray(Integer[]::new));
        List<TaskAssignment> made = ticks();
        assertThat(made).hasSize(3);
        made.forEach(this::end);
        assertThat(ticks()).hasSize(3);
        scheduler.limit(key, null);
        assertThat(ticks()).hasSize(14);
    }

    @Test
    void L5_aCancelledJobGivesItsUnitsBackWhenItsTasksHaveEnded() {
        scheduler.limit("limit/licence", 1L);
        submit(JOB, needing("a", 3, Map.of("licence", 1L)));
        List<TaskAssignment> made = ticks();
        scheduler.command(CommandType.CANCEL, JOB);
        submit(6, needing("b", 1, Map.of("licence", 1L)));
        assertThat(ticks()).isEmpty();
        scheduler.outcome(made.get(0), TaskResult.KILLED, "");
        assertThat(ticks()).extracting(TaskAssignment::getJobId).containsExactly(6L);
    }

    @Test
    void L6_oneJobThatCanRunIsDispatchedAmongManyThatWait() {
        scheduler.limit("limit/licence", 1L);
        for (int job = 100; job < 600; job++) {
            submit(job, needing("w", 1, Map.of("licence", 1L)));
        }
        assertThat(ticks()).hasSize(1);
        submit(JOB, stage("r", 1));
        assertThat(scheduler.tick()).extracting(TaskAssignment::getJobId).containsExactly(JOB);
    }

    /** The outcome may come after the commit was seen, and the commit after the outcome. */
    @Test
    void O3_whatTheGroupHasCommittedReleasesOnce() {
        scheduler.limit("limit/licence", 2L);
        submit(JOB, needing("a", 9, Map.of("licence", 1L)));
        List<TaskAssignment> made = ticks();
        assertThat(made).hasSize(2);
        scheduler.taken.add(made.get(0).getAssignmentId());
        assertThat(ticks()).hasSize(1);
        end(made.get(0));
        assertThat(ticks()).as("it was released before").isEmpty();
        end(made.get(1));
        assertThat(ticks()).hasSize(1);
        scheduler.taken.add(made.get(1).getAssignmentId());
        for (int i = 0; i < 30; i++) {
            assertThat(ticks()).isEmpty();
        }
    }

    /** More than are looked at in a tick. */
    @Test
    void O3_manyAssignmentsThatWereTakenReleaseInSomeTicks() {
        scheduler.limit("limit/licence", 500L);
        submit(JOB, needing("a", 1_000, Map.of("licence", 1L)));
        List<TaskAssignment> made = ticks();
        assertThat(made).hasSize(500);
        made.forEach(one -> scheduler.taken.add(one.getAssignmentId()));
        made = new ArrayList<>(ticks());
        made.addAll(ticks());
        assertThat(made).hasSize(500);
    }

    private void assertRefused(String reason, Stage... stages) {
        submit(JOB, stages);
        TestRecord<byte[], byte[]> letter = scheduler.deadLetters().readRecord();
        assertThat(new String(letter.headers().lastHeader(Topic.REASON_HEADER).value(), StandardCharsets.UTF_8))
                .isEqualTo(reason);
        assertThat(scheduler.written(Topic.EVENTS))
                .filteredOn(event -> event.getWhat() == JobEventKind.JOB_REFUSED)
                .extracting(JobEvent::getReason)
                .containsExactly(reason);
        assertThat(ticks()).isEmpty();
    }

    @Test
    void G3_aGraphWhoseNeedsNoLimitCanMeetIsRefusedAsAWhole() {
        scheduler.limit("limit/licence", 5L);
        Stage fine = stage("fine", 1);
        assertRefused(
                "stage a needs limit licnce, which the policy does not have; the nearest entry is limit/licence",
                fine,
                needing("a", 1, Map.of("licnce", 1L)));
        assertRefused(
                "stage a needs limit gpu, which the policy does not have", fine, needing("a", 1, Map.of("gpu", 1L)));
        assertRefused(
                "stage a needs 6 of limit licence, of which there are 5", fine, needing("a", 1, Map.of("licence", 6L)));
        assertRefused(
                "need of limit licence of stage a 0 is not one from 1 to 1000000000",
                fine,
                needing("a", 1, Map.of("licence", 0L)));
        assertRefused(
                "need of limit licence of stage a -1 is not one from 1 to 1000000000",
                fine,
                needing("a", 1, Map.of("licence", -1L)));
        assertRefused(
                "stage a needs a limit whose name is not one of up to 64 of a-z, 0-9, '.', '_' and '-'",
                fine,
                needing("a", 1, Map.of("Li cence", 1L)));
        Map<String, Long> many = new TreeMap<>();
        IntStream.range(0, 9).forEach(i -> many.put("l" + i, 1L));
        assertRefused("stage a needs 9 limits, may need 8", fine, needing("a", 1, many));
        submit(JOB, fine, needing("a", 1, Map.of("licence", 5L)));
        assertThat(ticks()).hasSize(2);
    }

    @Test
    void L5_unitsAreHeldByTheStateAndNotByTheInstance() {
        scheduler.limit("limit/licence", 1L);
        submit(JOB, needing("a", 3, Map.of("licence", 1L)));
        List<TaskAssignment> made = ticks();
        assertThat(made).hasSize(1);
        scheduler.ready(9, 1, 0, 0);
        assertThat(ticks())
                .as("a new session gives all units back, and its graph begins what was out anew")
                .extracting(TaskAssignment::getSessionId)
                .containsExactlyInAnyOrder(1L, 1L);
    }
}
