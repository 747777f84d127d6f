package io.yardmaster.topology;

import static io.yardmaster.topology.SubmittedGraph.stage;
import static io.yardmaster.topology.SubmittedGraph.tried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A job with a graph on a real broker, which another instance goes on with after each step. */
class GraphFailoverIT extends OnOneKafka {
    private static final long JOB = 7;

    private final List<TaskAssignment> received = new ArrayList<>();
    private int taken;

    private List<TaskAssignment> take(KafkaConsumer<Long, TaskAssignment> consumer, int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            consumer.poll(Duration.ofMillis(50)).forEach(record -> received.add(record.value()));
            return received.size() >= taken + count;
        });
        List<TaskAssignment> next = List.copyOf(received.subList(taken, taken + count));
        taken += count;
        return next;
    }

    private static void end(TestDeployment deployment, List<TaskAssignment> assignments, TaskResult result) {
        assignments.forEach(assignment ->
                deployment.send(Topic.OUTCOMES, 0, JOB, SchedulerDriver.outcomeOf(assignment, result, "flaky")));
    }

    @Test
    void G6_eachInstanceGoesOnWhereTheOneBeforeHasStopped() throws Exception {
        JobGraph graph = SubmittedGraph.with(
                JOB,
                builder -> builder.setCommit(true),
                stage("prepare", 2),
                tried("work", 3, 2, "prepare"),
                stage("collect", 1, "work"));
        try (TestDeployment deployment = newDeployment("graphs").createTopics(1, 1);
                KafkaConsumer<Long, TaskAssignment> consumer = deployment.consumer(null, Map.of())) {
            consumer.assign(List.of(new TopicPartition(deployment.topic(Topic.DISPATCH), 0)));
            List<TaskAssignment> prepare;
            try (SchedulerService first = deployment.start("first")) {
                deployment.send(Topic.GRAPHS, 0, JOB, graph);
                prepare = take(consumer, 2);
                end(deployment, prepare.subList(0, 1), TaskResult.SUCCEEDED);
                assertThat(first.status()).isPresent();
            }
            List<TaskAssignment> work;
            try (SchedulerService second = deployment.start("second")) {
                end(deployment, prepare.subList(1, 2), TaskResult.SUCCEEDED);
                work = take(consumer, 3);
                end(deployment, work.subList(0, 1), TaskResult.FAILED);
                end(deployment, work.subList(1, 2), TaskResult.SUCCEEDED);
                assertThat(second.status()).isPresent();
            }
            deployment.start("third");
            List<TaskAssignment> again = take(consumer, 1);
            end(deployment, work.subList(2, 3), TaskResult.SUCCEEDED);
            end(deployment, again, TaskResult.SUCCEEDED);
            end(deployment, take(consumer, 1), TaskResult.SUCCEEDED);
            assertThat(take(consumer, 1)).extracting(TaskAssignment::getKind).containsExactly(TaskKind.COMMIT);
            assertThat(received)
                    .extracting(assignment -> assignment.getTaskIndex() + "/" + assignment.getAttempt())
                    .containsExactly("0/0", "1/0", "2/0", "3/0", "4/0", "2/1", "5/0", "-1/0");
        }
    }
}
