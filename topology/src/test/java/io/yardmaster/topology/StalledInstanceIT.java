package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** An instance that hangs until others have taken over, and then goes on as if nothing had happened. */
class StalledInstanceIT extends OnOneKafka {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int TASKS = 100;

    /** The instance has read no event since it was opened, so its own transactions would contain no offsets. */
    @Test
    void S17_assignmentsOfAnInstanceThatHasLostItsShardsAreAborted() throws Exception {
        try (TestDeployment deployment = newDeployment("stalled")) {
            deployment
                    .createTopics(1, 1)
                    .set("value.serde", StallingSerde.class.getName())
                    .set("kafka.client.id", StallingSerde.STALLING)
                    .set("kafka.max.poll.interval.ms", 2_000)
                    .set("kafka.session.timeout.ms", 2_000)
                    .set("kafka.heartbeat.interval.ms", 500)
                    .set("dispatch.capacity", 4);
            SchedulerService filled = deployment.start("stalling");
            deployment.ready(0, 1, 1, 0, 0, TASKS);
            try (KafkaConsumer<Long, TaskAssignment> fleet =
                    deployment.consumer(deployment.group(), Map.of("max.poll.records", 1))) {
                fleet.subscribe(List.of(deployment.topic(Topic.DISPATCH)));
                List<Integer> taken = new ArrayList<>();
                take(fleet, taken, 8);
                filled.close();
                deployment.start("stalling");
                take(fleet, taken, 16);
                StallingSerde.stall();
                take(fleet, taken, 17);
                StallingSerde.awaitStalled();
                deployment.set("kafka.client.id", "other").launch("other");
                take(fleet, taken, TASKS);
                StallingSerde.release();
                List<Integer> all = IntStream.range(0, TASKS).boxed().toList();
                assertThat(taken).containsExactlyElementsOf(all);
                await().during(Duration.ofSeconds(2))
                        .atMost(LONG)
                        .untilAsserted(() -> assertThat(dispatched(deployment)).containsExactlyElementsOf(all));
            }
        }
    }

    /** Without the stop, Streams would wait for the thread that hangs, and other instances in vain for its shards. */
    @Test
    void aFailureStopsAnInstanceOfWhichAThreadHangs() throws Exception {
        try (TestDeployment deployment = newDeployment("hanging")) {
            deployment
                    .createTopics(2, 1)
                    .set("value.serde", BreakingSerde.class.getName())
                    .set("kafka.num.stream.threads", 2);
            SchedulerService service = deployment.start("hanging");
            AtomicInteger probes = new AtomicInteger();
            await().atMost(LONG).until(() -> {
                int task = probes.getAndIncrement();
                deployment.ready(0, 1, 1, 0, task, task + 1);
                deployment.ready(1, 1, 2, 0, task, task + 1);
                Thread one = BreakingSerde.sender(1);
                return one != null && BreakingSerde.sender(2) != null && one != BreakingSerde.sender(2);
            });
            try {
                BreakingSerde.breakFromNowOn();
                deployment.ready(0, 1, 1, 0, probes.get(), probes.get() + 1);
                BreakingSerde.awaitHeld();
                deployment.ready(1, 1, 2, 0, probes.get(), probes.get() + 1);
                assertTimeoutPreemptively(LONG, () -> assertThatThrownBy(service::awaitStopped)
                        .isInstanceOf(SchedulerException.class)
                        .hasMessageContaining(BreakingSerde.FAILURE));
                service.close();
                assertThat(service.isRunning()).isFalse();
            } finally {
                BreakingSerde.release();
            }
        }
    }

    private static void take(KafkaConsumer<Long, TaskAssignment> fleet, List<Integer> taken, int until) {
        await().atMost(LONG).until(() -> {
            fleet.poll(Duration.ofMillis(100))
                    .forEach(record -> taken.add(record.value().getTaskIndex()));
            fleet.commitSync();
            return taken.size() >= until;
        });
    }

    private static List<Integer> dispatched(TestDeployment deployment) {
        List<Integer> tasks = new ArrayList<>();
        try (KafkaConsumer<Long, TaskAssignment> reader = deployment.consumer(null, Map.of())) {
            TopicPartition partition = new TopicPartition(deployment.topic(Topic.DISPATCH), 0);
            reader.assign(List.of(partition));
            long end = reader.endOffsets(List.of(partition)).get(partition);
            while (reader.position(partition) < end) {
                for (ConsumerRecord<Long, TaskAssignment> record : reader.poll(Duration.ofMillis(100))) {
                    tasks.add(record.value().getTaskIndex());
                }
            }
        }
        return tasks;
    }
}
