package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A task that has the scheduler to itself does not wait for the interval of commits. */
class LoneTaskIT extends OnOneKafka {
    @Test
    void aLoneTaskIsTickedAndCommittedLongBeforeTheIntervals() throws Exception {
        try (TestDeployment deployment = newDeployment("lone")
                        .set("kafka.commit.interval.ms", 60_000)
                        .set("kafka.producer.transaction.timeout.ms", 600_000)
                        .createTopics(1, 1);
                SchedulerService service = deployment.start("one");
                KafkaConsumer<Long, TaskAssignment> fleet = deployment.consumer(null, Map.of())) {
            assertThat(service).isNotNull();
            fleet.assign(List.of(new TopicPartition(deployment.topic(Topic.DISPATCH), 0)));
            fleet.seekToBeginning(fleet.assignment());
            deployment.ready(0, 1, 7, 1, 0, 1);
            List<TaskAssignment> taken = new ArrayList<>();
            Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> {
                fleet.poll(Duration.ofMillis(100)).forEach(record -> taken.add(record.value()));
                return !taken.isEmpty();
            });
            assertThat(taken).extracting(TaskAssignment::getJobId).containsExactly(7L);
        }
    }
}
