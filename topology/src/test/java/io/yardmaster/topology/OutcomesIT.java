package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Outcomes on a real broker. */
class OutcomesIT extends OnOneKafka {
    private static final long JOB = 7;
    private static final int WINDOW = 10;

    private final List<TaskAssignment> received = new ArrayList<>();

    private void receive(KafkaConsumer<Long, TaskAssignment> consumer) {
        consumer.poll(Duration.ofMillis(50)).forEach(record -> received.add(record.value()));
    }

    private void awaitReceived(KafkaConsumer<Long, TaskAssignment> consumer, int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            receive(consumer);
            return received.size() >= count;
        });
        assertThat(received).hasSize(count);
    }

    private static void succeed(TestDeployment deployment, List<TaskAssignment> ended) {
        for (TaskAssignment assignment : ended) {
            deployment.send(Topic.OUTCOMES, 0, JOB, SchedulerDriver.outcomeOf(assignment, TaskResult.SUCCEEDED, ""));
        }
    }

    private static long outstanding(SchedulerService service) {
        return service.queries().orElseThrow().snapshot(Duration.ofSeconds(5)).window().used().stream()
                .mapToLong(used -> used)
                .sum();
    }

    /** The first task runs on: the group's offset stands before it, and only outcomes tell that those behind it have ended. */
    @Test
    void whatEndedBehindALongTaskLeavesTheWindowAlsoAfterAFailover() throws Exception {
        try (TestDeployment deployment = newDeployment("outcomes")
                        .set("dispatch.capacity", WINDOW)
                        .createTopics(1, 1);
                KafkaConsumer<Long, TaskAssignment> consumer = deployment.consumer(deployment.group(), Map.of())) {
            TopicPartition partition = new TopicPartition(deployment.topic(Topic.DISPATCH), 0);
            consumer.assign(List.of(partition));
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0)));
            try (SchedulerService first = deployment.start("first")) {
                deployment.ready(0, 1, JOB, 1, 0, 40);
                awaitReceived(consumer, WINDOW);
                succeed(deployment, received.subList(1, WINDOW));
                awaitReceived(consumer, 2 * WINDOW - 1);
                succeed(deployment, received.subList(WINDOW, WINDOW + 4));
                awaitReceived(consumer, 2 * WINDOW + 3);
                await().until(() -> outstanding(first) == WINDOW);
            }
            // Nothing is committed, so the next owner finds all of them in the topic.
            SchedulerService second = deployment.start("second");
            succeed(deployment, received.subList(WINDOW + 4, WINDOW + 6));
            succeed(deployment, received.subList(1, 5));
            awaitReceived(consumer, 2 * WINDOW + 5);
            await().until(() -> outstanding(second) == WINDOW);

            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(consumer.position(partition))));
            awaitReceived(consumer, 3 * WINDOW + 5);
            assertThat(received)
                    .extracting(TaskAssignment::getTaskIndex)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 3 * WINDOW + 5).boxed().toList());
        }
    }

    @Test
    void O7_aRefusedTaskComesToAnotherPartition() throws Exception {
        try (TestDeployment deployment = newDeployment("refused").createTopics(1, 2);
                KafkaConsumer<Long, TaskAssignment> consumer = deployment.consumer(null, Map.of())) {
            String topic = deployment.topic(Topic.DISPATCH);
            List<Integer> partitions = new ArrayList<>();
            consumer.assign(List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1)));
            deployment.start("only");
            deployment.ready(0, 1, JOB, 1, 0, 1);
            for (int offers = 1; offers <= 4; offers++) {
                int expected = offers;
                await().until(() -> {
                    consumer.poll(Duration.ofMillis(50)).forEach(record -> {
                        partitions.add(record.partition());
                        received.add(record.value());
                    });
                    return partitions.size() == expected;
                });
                deployment.send(
                        Topic.OUTCOMES,
                        0,
                        JOB,
                        SchedulerDriver.outcomeOf(received.get(offers - 1), TaskResult.REFUSED, "no disk"));
            }
            assertThat(partitions.get(1)).isNotEqualTo(partitions.get(0));
            assertThat(partitions.get(2)).isNotEqualTo(partitions.get(1));
            assertThat(partitions.get(3)).isNotEqualTo(partitions.get(2));
            assertThat(received).extracting(TaskAssignment::getAttempt).containsOnly(0);
        }
    }
}
