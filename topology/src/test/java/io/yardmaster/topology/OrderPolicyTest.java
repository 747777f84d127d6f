package io.yardmaster.topology;

import static io.yardmaster.topology.SubmittedGraph.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Priorities of stages, and the policy's rates, rules of retries and order of stages, in the topology. */
class OrderPolicyTest {
    private static final long JOB = 5;

    private SchedulerDriver scheduler = new SchedulerDriver();

    @AfterEach
    void close() {
        scheduler.close();
    }

    private void submit(long job, Stage... stages) {
        scheduler.send(Topic.GRAPHS, job, SubmittedGraph.of(job, stages));
    }

    private static Stage first(Stage stage, int priority) {
        return Stage.newBuilder(stage).setPriority(priority).build();
    }

    private void policy(String key, UnaryOperator<PolicyEntry.Builder> fields) {
        scheduler.policy(key, fields.apply(PolicyEntry.newBuilder()).build());
    }

    private List<TaskAssignment> ticks() {
        List<TaskAssignment> made = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            made.addAll(scheduler.tick());
        }
        return made;
    }

    private static List<Integer> tasks(List<TaskAssignment> made) {
        return made.stream().map(TaskAssignment::getTaskIndex).toList();
    }

    @Test
    void L1_theStageOfAHigherPriorityGoesFirst() {
        submit(JOB, stage("low", 2), first(stage("high", 2), 7), first(stage("last", 1), -100));
        assertThat(tasks(ticks())).containsExactly(2, 3, 0, 1, 4);
    }

    @Test
    void L1_byPolicyTheStageOnTheCriticalPathGoesFirst() {
        policy("default/group", entry -> entry.setStages("critical-path"));
        submit(JOB, stage("lone", 2), stage("long", 1), stage("middle", 1, "long"), stage("end", 1, "middle"));
        assertThat(tasks(ticks())).containsExactly(2, 0, 1);
        policy("group/" + SchedulerDriver.GROUP, entry -> entry.setStages("arrival"));
        submit(6, stage("lone", 2), stage("long", 1), stage("end", 1, "long"));
        assertThat(tasks(ticks())).containsExactly(0, 1, 2);
    }

    @Test
    void G4_theFirstRuleThatMatchesSaysWhetherATaskIsTriedAgain() {
        policy("retry/1", entry -> entry.setReasonBegins("no such file").setAttempts(1L));
        policy("retry/2", entry -> entry.setResult("FAILED").setAttempts(3L).setRetriesPerJob(1L));
        submit(JOB, stage("a", 1));
        submit(6, stage("a", 1));
        List<TaskAssignment> made = ticks();
        scheduler.outcome(made.get(0), TaskResult.FAILED, "disk full");
        scheduler.outcome(made.get(1), TaskResult.FAILED, "no such file: x");
        List<TaskAssignment> again = ticks();
        assertThat(again).singleElement().satisfies(task -> {
            assertThat(task.getJobId()).isEqualTo(JOB);
            assertThat(task.getAttempt()).isEqualTo(1);
        });
        scheduler.outcome(again.get(0), TaskResult.FAILED, "disk full");
        assertThat(ticks()).isEmpty();
    }

    @Test
    void L7_aGroupHasItsRate() {
        policy("group/" + SchedulerDriver.GROUP, entry -> entry.setRate(2.0).setBurst(3L));
        scheduler.ready(JOB, 0, 0, IntStream.range(0, 20).boxed().toArray(Integer[]::new));
        assertThat(ticks()).hasSize(3);
        List<TaskAssignment> later = new ArrayList<>();
        for (int second = 0; second < 5; second++) {
            scheduler.pass(Duration.ofSeconds(1));
            later.addAll(ticks());
        }
        assertThat(later).hasSizeBetween(9, 12);
        scheduler.policy("group/" + SchedulerDriver.GROUP, null);
        assertThat(ticks()).hasSize(17 - later.size());
    }
}
