package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.Topic;
import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.window.AssignmentPlacer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

class OvertakingFetchIT extends OnOneKafka {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PACE = Duration.ofMillis(5);
    private static final int EVENTS = 6_000;

    private long events;
    private final List<Long> commands = new ArrayList<>();

    /** A consumer alone would hand out all events, which the broker has sent at once, before it fetches anything. */
    @Test
    void O4_aCommandIsReadBeforeTheEventsThatWereFetchedBeforeIt() throws Exception {
        try (TestDeployment deployment = newDeployment("overtaking").createTopics(1, 1)) {
            TopicPartition ready = new TopicPartition(deployment.topic(Topic.READY), 0);
            TopicPartition lane = new TopicPartition(deployment.topic(Topic.COMMANDS), 0);
            deployment.readyEach(0, 1, 2, 0, EVENTS);
            command(deployment, 0);
            try (Consumer<byte[], byte[]> consumer = consumer(deployment)) {
                consumer.assign(List.of(ready, lane));
                consumer.seekToBeginning(List.of(ready));
                consumer.seekToBeginning(List.of(lane));
                awaitCommand(consumer, 0);
                assertThat(events).as("the consumer has events in advance").isLessThan(EVENTS / 2);
                for (long next = 1; next < 4; next++) {
                    command(deployment, next);
                    awaitCommand(consumer, next);
                }
                assertThat(events).isLessThan(EVENTS);
                long before = events;
                awaitEvents(consumer);
                assertThat(events).isGreaterThan(before).isEqualTo(EVENTS);
                command(deployment, 4);
                awaitCommand(consumer, 4);
                assertThat(commands)
                        .containsExactlyElementsOf(
                                LongStream.range(0, 5).boxed().toList());
                assertThat(consumer.position(lane)).isEqualTo(5);
                assertThat(consumer.position(ready)).isEqualTo(EVENTS);
            }
        }
    }

    private static Consumer<byte[], byte[]> consumer(TestDeployment deployment) {
        Topology topology = new Topology();
        topology.addSource("lane", deployment.topic(Topic.READY));
        FencedClients clients = new FencedClients(
                StreamTasks.of(topology, deployment.topic(Topic.READY)),
                Set.of(deployment.topic(Topic.COMMANDS)),
                new AssignmentPlacer("none"),
                Observers.none(),
                new DeadLetterReport("none", Meters.NONE, System::nanoTime));
        return clients.getConsumer(new HashMap<>(Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "client.id",
                "overtaking-consumer",
                "group.id",
                deployment.applicationId(),
                "enable.auto.commit",
                false,
                "max.poll.records",
                1)));
    }

    private static void command(TestDeployment deployment, long job) {
        deployment.send(Topic.COMMANDS, 0, job, new JobCommand(job, -1L, CommandType.PAUSE, "", "", 0));
    }

    /** Takes events slowly, as a consumer hands out all that it has before another one can connect to the broker. */
    private void awaitCommand(Consumer<byte[], byte[]> consumer, long job) {
        await().pollInSameThread().atMost(PATIENCE).pollInterval(PACE).until(() -> {
            poll(consumer);
            return commands.contains(job);
        });
    }

    private void awaitEvents(Consumer<byte[], byte[]> consumer) {
        Instant end = Instant.now().plus(PATIENCE);
        while (events < EVENTS && Instant.now().isBefore(end)) {
            poll(consumer);
        }
    }

    /** Checks that the offsets that follow are told with the records, as Streams commits them. */
    private void poll(Consumer<byte[], byte[]> consumer) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(1));
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            if (record.topic().endsWith(".ready")) {
                assertThat(record.offset()).isEqualTo(events++);
            } else {
                commands.add(ByteBuffer.wrap(record.key()).getLong());
            }
        }
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            assertThat(polled.nextOffsets().get(partition).offset())
                    .isEqualTo(records.get(records.size() - 1).offset() + 1)
                    .isEqualTo(consumer.position(partition));
        }
    }
}
