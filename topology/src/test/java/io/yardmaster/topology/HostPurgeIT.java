package io.yardmaster.topology;

import static io.yardmaster.topology.SubmittedGraph.pooled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.core.placement.Amounts;
import io.yardmaster.core.placement.Host;
import io.yardmaster.core.placement.PoolPlacement;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.window.AssignmentPlacer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/** Assignments to hosts are deleted when no host needs them any more, and not before. */
class HostPurgeIT extends OnOneKafka {
    private static final String POOL = "gpu";
    private static final int PARTITIONS = 2;
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Map<String, Long> FOUR_CPU = Map.of("cpu", 4L);

    private static void submit(TestDeployment deployment, long job) {
        Stage stage = Stage.newBuilder(pooled("a", 8, POOL))
                .setNeeds(Map.of("cpu", 1L))
                .build();
        deployment.send(Topic.GRAPHS, 0, job, SubmittedGraph.of(job, stage));
    }

    private static void end(TestDeployment deployment, HostFleet fleet, TaskAssignment task) {
        fleet.end(task);
        deployment.outcome(0, SchedulerDriver.outcomeOf(task, TaskResult.SUCCEEDED, ""));
    }

    private static List<TaskAssignment> awaitRunning(HostFleet fleet, int count) {
        await().atMost(LONG).until(() -> {
            fleet.take();
            return fleet.running().size() == count;
        });
        return List.copyOf(fleet.running());
    }

    private static TopicPartition partition(TestDeployment deployment, int partition) {
        return new TopicPartition(deployment.config("any").topics().dispatch(POOL), partition);
    }

    /** Waits until nothing is left; markers of transactions may be. */
    private static void awaitEmpty(TestDeployment deployment, HostFleet fleet, int partition) {
        await().atMost(LONG).until(() -> {
            fleet.take();
            return left(deployment, partition).isEmpty();
        });
    }

    /** Does something that takes long while the hosts send their heartbeats. */
    private static void beside(HostFleet fleet, Runnable work) {
        CompletableFuture<Void> done = CompletableFuture.runAsync(work);
        await().atMost(LONG).until(() -> {
            fleet.take();
            return done.isDone();
        });
        done.join();
    }

    /** The ids of the assignments that a host would find in its partition. */
    private static Set<Long> left(TestDeployment deployment, int partition) throws Exception {
        Set<Long> ids = new HashSet<>();
        TopicPartition of = partition(deployment, partition);
        long end = deployment
                .admin()
                .listOffsets(Map.of(of, OffsetSpec.latest()))
                .partitionResult(of)
                .get()
                .offset();
        try (KafkaConsumer<Long, TaskAssignment> reader = deployment.consumer(null, Map.of())) {
            reader.assign(List.of(of));
            reader.seekToBeginning(List.of(of));
            while (reader.position(of) < end) {
                reader.poll(Duration.ofMillis(100))
                        .forEach(found -> ids.add(found.value().getAssignmentId()));
            }
        }
        return ids;
    }

    @Test
    void whatHasEndedGoesAndWhatRunsStaysOverAFailover() throws Exception {
        try (TestDeployment deployment = newDeployment("host-purge")
                .set("keep.taken", "0s")
                .upkeepEvery(Duration.ofMillis(100))
                .createTopics(1, PARTITIONS)) {
            deployment.placeOnHosts(POOL, PARTITIONS);
            SchedulerService first = deployment.start("one");
            try (HostFleet fleet = new HostFleet(deployment, POOL, PARTITIONS)) {
                fleet.add("h0", 0, FOUR_CPU, Map.of());
                fleet.add("h1", 1, FOUR_CPU, Map.of());
                await().atMost(LONG)
                        .until(() ->
                                first.queries().orElseThrow().policy().placed().contains(POOL));
                submit(deployment, 1);
                List<TaskAssignment> running = awaitRunning(fleet, 8);
                TaskAssignment longest = running.stream()
                        .filter(task -> task.getHost().equals("h0"))
                        .findFirst()
                        .orElseThrow();
                running.stream().filter(task -> !task.equals(longest)).forEach(task -> end(deployment, fleet, task));
                awaitEmpty(deployment, fleet, 1);
                assertThat(left(deployment, 0)).contains(longest.getAssignmentId());

                beside(fleet, first::close);
                beside(fleet, () -> deployment.start("two"));
                submit(deployment, 2);
                // One place is taken by the task that runs on.
                awaitRunning(fleet, 8).stream()
                        .filter(task -> task.getJobId() == 2)
                        .forEach(task -> end(deployment, fleet, task));
                awaitRunning(fleet, 2).stream()
                        .filter(task -> task.getJobId() == 2)
                        .forEach(task -> end(deployment, fleet, task));
                awaitEmpty(deployment, fleet, 1);
                assertThat(left(deployment, 0)).contains(longest.getAssignmentId());

                end(deployment, fleet, longest);
                awaitEmpty(deployment, fleet, 0);
            }
        }
    }

    @Test
    void endsAreAskedForOfTopicsThatAreThere() throws Exception {
        try (TestDeployment deployment = newDeployment("host-ends").createTopics(1, PARTITIONS)) {
            deployment.placeOnHosts(POOL, PARTITIONS);
            TopicPartition there = partition(deployment, 1);
            Set<TopicPartition> asked =
                    Set.of(there, partition(deployment, PARTITIONS), new TopicPartition(there.topic() + "-missing", 0));
            Map<TopicPartition, HostFloors.End> ends =
                    new DispatchEnds(deployment.admin()).of(asked).get(LONG.toSeconds(), TimeUnit.SECONDS);
            Uuid id = deployment
                    .admin()
                    .describeTopics(List.of(there.topic()))
                    .topicNameValues()
                    .get(there.topic())
                    .get()
                    .topicId();
            assertThat(ends).isEqualTo(Map.of(there, new HostFloors.End(id, 0)));
        }
    }

    /** It has written nothing, so that only the floor makes the broker look at who commits. */
    @Test
    void anInstanceThatWasExpelledCommitsNoFloor() throws Exception {
        try (TestDeployment deployment = newDeployment("host-fenced").createTopics(1, PARTITIONS)) {
            deployment.placeOnHosts(POOL, PARTITIONS);
            String ready = deployment.topic(Topic.READY);
            Topology topology = new Topology();
            topology.addSource("lane", ready);
            Observers observers = new Observers(Meters.NONE);
            FencedClients clients = new FencedClients(
                    StreamTasks.of(topology, ready),
                    Set.of(),
                    new AssignmentPlacer("none"),
                    observers,
                    new DeadLetterReport("none", Meters.NONE, System::nanoTime));
            TopicPartition partition = partition(deployment, 0);
            try (Consumer<byte[], byte[]> consumer =
                            clients.getConsumer(settings("fenced-consumer", "group.id", deployment.applicationId()));
                    Producer<byte[], byte[]> producer = clients.getProducer(
                            settings("fenced-producer", "transactional.id", deployment.applicationId()))) {
                producer.initTransactions();
                consumer.subscribe(List.of(ready));
                await().atMost(LONG).until(() -> {
                    consumer.poll(Duration.ofMillis(100));
                    return !consumer.assignment().isEmpty();
                });
                ConsumerGroupMetadata before = consumer.groupMetadata();
                consumer.enforceRebalance();
                await().atMost(LONG).until(() -> {
                    consumer.poll(Duration.ofMillis(100));
                    return consumer.groupMetadata().generationId() > before.generationId()
                            && !consumer.assignment().isEmpty();
                });

                observers.floors().add(found(deployment, partition));
                producer.beginTransaction();
                assertThatThrownBy(() -> producer.sendOffsetsToTransaction(Map.of(), before))
                        .isInstanceOf(CommitFailedException.class);
                producer.abortTransaction();
                assertThat(committed(deployment)).doesNotContainKey(partition);

                observers.floors().add(found(deployment, partition));
                producer.beginTransaction();
                producer.sendOffsetsToTransaction(Map.of(), consumer.groupMetadata());
                producer.commitTransaction();
                assertThat(committed(deployment)).containsEntry(partition, new OffsetAndMetadata(7));
            }
        }
    }

    private static Map<String, Object> settings(String client, String key, String value) {
        return new HashMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers(), "client.id", client, key, value));
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(TestDeployment deployment) throws Exception {
        return deployment
                .admin()
                .listConsumerGroupOffsets(deployment.applicationId())
                .partitionsToOffsetAndMetadata()
                .get();
    }

    /** Floors that have found 7 in a partition. */
    private static HostFloors found(TestDeployment deployment, TopicPartition partition) {
        PoolPlacement placement = HostFloorsTest.placement();
        placement.heartbeat(new Host(POOL, "h0", 1, Amounts.of(FOUR_CPU), Map.of(), partition.partition(), 0), 0);
        HostFloors floors = new HostFloors(
                deployment.config("any").topics(),
                pool -> 1,
                asked -> CompletableFuture.completedFuture(Map.of(partition, new HostFloors.End(Uuid.ZERO_UUID, 7))),
                Duration.ZERO);
        floors.look(placement.view(), 0);
        floors.look(placement.view(), 0);
        return floors;
    }
}
