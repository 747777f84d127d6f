package io.yardmaster.topology;

import static io.yardmaster.topology.SubmittedGraph.pooled;
import static io.yardmaster.topology.SubmittedGraph.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pools, from the policy's entry and the graph's stages to the topics of the pools (L9). */
class PoolTopologyTest {
    private static final long JOB = 5;

    private final SchedulerDriver scheduler = new SchedulerDriver("dispatch.capacity", "4");

    @AfterEach
    void close() {
        scheduler.close();
    }

    private void submit(long job, Stage... stages) {
        scheduler.send(Topic.GRAPHS, job, SubmittedGraph.of(job, stages));
    }

    private void ticks() {
        for (int i = 0; i < 10; i++) {
            scheduler.passTick();
        }
    }

    /** The assignments of a pool after some ticks. */
    private List<TaskAssignment> ticks(String pool) {
        ticks();
        return scheduler.dispatched(pool).readValuesToList();
    }

    @Test
    void L9_anAssignmentGoesToTheTopicOfItsPoolAndNamesItAndItsEpoch() {
        scheduler.pool("gpu", 2L, false);
        scheduler.ready(9, 3, 0, 0);
        submit(JOB, pooled("a", 1, "gpu"), stage("b", 1));
        ticks();
        TestRecord<Long, TaskAssignment> made = scheduler.dispatched("gpu").readRecord();
        assertThat(made.key()).isEqualTo(JOB);
        assertThat(made.value().getPool()).isEqualTo("gpu");
        assertThat(Epoch.read(made.headers())).hasValue(3);
        assertThat(scheduler.dispatched("gpu").isEmpty()).isTrue();
        assertThat(scheduler.dispatched().readValuesToList())
                .extracting(TaskAssignment::getPool)
                .containsExactly("", "");
    }

    @ParameterizedTest
    @CsvSource({"3,3", ",4"})
    void L9_theWindowOfAPoolIsItsOwnOrThatOfTheSettings(Long window, int out) {
        scheduler.pool("gpu", window, false);
        submit(JOB, pooled("a", 10, "gpu"), stage("b", 10));
        scheduler.available = 0;
        List<TaskAssignment> made = ticks("gpu");
        assertThat(made).hasSize(out);
        assertThat(scheduler.dispatched().isEmpty())
                .as("the default window is full")
                .isTrue();
        scheduler.outcome(made.get(0), TaskResult.SUCCEEDED, "");
        assertThat(scheduler.meters.outcomes).containsExactly("SUCCEEDED in gpu");
        assertThat(ticks("gpu")).hasSize(1);
        assertThat(scheduler.releasedOfPools).containsExactly(made.get(0).getAssignmentId());
        assertThat(scheduler.released).isEmpty();
        scheduler.available = 10;
        assertThat(scheduler.tick()).hasSize(10);
    }

    @Test
    void L7_aPoolHasItsRate() {
        scheduler.policy(
                "pool/gpu",
                PolicyEntry.newBuilder()
                        .setWindow(100L)
                        .setRate(2.0)
                        .setBurst(3L)
                        .build());
        scheduler.pool("tape", 100L, false);
        submit(JOB, pooled("a", 20, "gpu"), pooled("b", 5, "tape"));
        assertThat(ticks("gpu")).hasSize(3);
        assertThat(ticks("tape")).as("another pool has no rate").hasSize(5);
        int later = 0;
        for (int second = 0; second < 5; second++) {
            scheduler.pass(Duration.ofSeconds(1));
            later += ticks("gpu").size();
        }
        assertThat(later).isBetween(9, 12);
        scheduler.pool("gpu", 100L, false);
        assertThat(ticks("gpu")).hasSize(17 - later);
    }

    @Test
    void L9_aPausedPoolAndOneThatIsGoneKeepTheirTasks() {
        scheduler.pool("gpu", null, true);
        scheduler.pool("tape", null, false);
        submit(JOB, pooled("a", 2, "gpu"), pooled("b", 2, "tape"), stage("c", 1));
        scheduler.policy("pool/tape", null);
        submit(JOB + 1, pooled("a", 1, "gpu"));
        ticks();
        assertThat(scheduler.dispatched("gpu").isEmpty()).isTrue();
        List<TaskAssignment> ofTape = scheduler.dispatched("tape").readValuesToList();
        assertThat(ofTape).as("those before it was withdrawn").hasSizeLessThanOrEqualTo(2);
        scheduler.pool("gpu", null, false);
        assertThat(ticks("gpu")).hasSize(3);
        scheduler.pool("tape", null, false);
        List<TaskAssignment> all = new ArrayList<>(ofTape);
        all.addAll(ticks("tape"));
        assertThat(all).hasSize(2);
    }

    @Test
    void L9_nothingIsDispatchedToAPoolWhoseTopicIsMissing() {
        scheduler.poolsWithoutTopic.add("gpu");
        scheduler.pool("gpu", null, false);
        scheduler.pool("cpu", null, false);
        submit(JOB, pooled("a", 1, "gpu"), pooled("b", 1, "cpu"));
        assertThat(ticks("cpu")).hasSize(1);
        assertThat(scheduler.dispatched("gpu").isEmpty()).isTrue();
        scheduler.makeTopic("gpu");
        assertThat(ticks("gpu")).hasSize(1);
    }

    @Test
    void O3_whatTheGroupOfAPoolHasCommittedMovesItsWindow() {
        scheduler.pool("gpu", 2L, false);
        submit(JOB, pooled("a", 9, "gpu"));
        List<TaskAssignment> made = ticks("gpu");
        assertThat(made).hasSize(2);
        scheduler.taken.add(made.get(0).getAssignmentId());
        assertThat(ticks("gpu"))
                .as("the group of the default pool does not count")
                .isEmpty();
        scheduler.takenOfPools.add(made.get(0).getAssignmentId());
        assertThat(ticks("gpu")).hasSize(1);
        scheduler.outcome(made.get(0), TaskResult.SUCCEEDED, "");
        assertThat(ticks("gpu")).as("it was counted before").isEmpty();
    }

    @Test
    void O3_whatIsOutOfAPoolThatIsGoneIsStillCounted() {
        scheduler.limit("limit/licence", 1L);
        scheduler.pool("gpu", 2L, false);
        submit(
                JOB,
                Stage.newBuilder(pooled("a", 1, "gpu"))
                        .setNeeds(Map.of("licence", 1L))
                        .build());
        List<TaskAssignment> made = ticks("gpu");
        scheduler.policy("pool/gpu", null);
        submit(JOB + 1, SubmittedGraph.needing("b", 1, Map.of("licence", 1L)));
        assertThat(ticks("")).isEmpty();
        scheduler.takenOfPools.add(made.get(0).getAssignmentId());
        assertThat(ticks("")).hasSize(1);
    }

    @Test
    void O3_oneFleetMaySendOutcomesAndAnotherNone() {
        scheduler.limit("limit/licence", 9L);
        scheduler.pool("gpu", 1L, false);
        submit(JOB, pooled("a", 3, "gpu"), SubmittedGraph.needing("b", 20, Map.of("licence", 1L)));
        ticks();
        List<TaskAssignment> ofDefault = scheduler.dispatched().readValuesToList();
        List<TaskAssignment> silent =
                new ArrayList<>(scheduler.dispatched("gpu").readValuesToList());
        scheduler.outcome(ofDefault.get(0), TaskResult.SUCCEEDED, "");
        scheduler.pass(Duration.ofSeconds(6));
        for (int done = 0; done < 3; done++) {
            assertThat(silent).hasSize(done + 1);
            scheduler.takenOfPools.add(silent.get(done).getAssignmentId());
            silent.addAll(ticks("gpu"));
        }
    }

    private void assertRefused(String reason, Stage... stages) {
        submit(JOB, stages);
        TestRecord<byte[], byte[]> letter = scheduler.deadLetters().readRecord();
        assertThat(new String(letter.headers().lastHeader(Topic.REASON_HEADER).value(), StandardCharsets.UTF_8))
                .isEqualTo(reason);
        ticks();
        assertThat(scheduler.dispatched().isEmpty()).isTrue();
    }

    @Test
    void G3_aGraphOfAnUnknownPoolIsRefusedAsAWhole() {
        assertRefused("stage a is for pool gpu, which the policy does not have", stage("b", 1), pooled("a", 1, "gpu"));
        scheduler.pool("gpu", null, true);
        assertRefused(
                "stage a is for pool gpus, which the policy does not have; the nearest entry is pool/gpu",
                stage("b", 1),
                pooled("a", 1, "gpus"));
        assertRefused(
                "stage a is for a pool whose name is not one of up to 32 of a-z, 0-9 and '-'",
                stage("b", 1),
                pooled("a", 1, "GPU.1"));
    }

    @Test
    void O7_aRefusedTaskOfAPoolAvoidsItsPartition() {
        scheduler.pool("gpu", 2L, false);
        submit(JOB, pooled("a", 1, "gpu"));
        scheduler.outcome(ticks("gpu").get(0), TaskResult.REFUSED, "busy");
        scheduler.pass(Duration.ofSeconds(5));
        assertThat(scheduler.dispatched("gpu").readValuesToList()).hasSize(1);
        assertThat(scheduler.avoided).containsExactly(3);
    }
}
