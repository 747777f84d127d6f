package io.yardmaster.app.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.app.cli.CommandProcess;
import io.yardmaster.app.cli.EmbeddedServe;
import io.yardmaster.embedded.EmbeddedKafka;
import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.HostHeaders;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.testkafka.TopicRereader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.utils.Utils;

/** A scheduler with its Kafka, and the steps of a test of an example. */
final class ExampleDeployment implements AutoCloseable {
    private static final String DISPATCH = TopicNames.defaults().of(Topic.DISPATCH);

    /** A pool of which the topic is there. */
    static final String POOL = "py";

    private static final String GROUP = "yardmaster-ems";

    /** More than one, so that an event can come to a partition where its job does not belong. */
    static final int LANE_PARTITIONS = 2;

    private final Path directory;
    private final EmbeddedServe serve;
    private final ServeProcess.Ready ready;

    private ExampleDeployment(Path directory, EmbeddedServe serve) {
        this.directory = directory;
        this.serve = serve;
        this.ready = serve.ready();
    }

    static ExampleDeployment start(Path directory) {
        createTopics(directory.resolve("data/kafka"));
        return new ExampleDeployment(directory, EmbeddedServe.start(directory));
    }

    /** Makes the topics before the scheduler starts, which takes them as they are. */
    private static void createTopics(Path data) {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            CommandLineRun create = CommandLineRun.of(
                    "topics",
                    "create",
                    "--partitions=" + LANE_PARTITIONS,
                    "--pool=" + POOL,
                    "--hosts",
                    "--set=kafka.bootstrap.servers=" + kafka.bootstrapServers());
            assertThat(create.exitCode()).as(create.stderr()).isZero();
        }
    }

    /** Starts an example, which gets the deployment's addresses in its environment. */
    CommandProcess run(String secondsPerTask, String... command) throws IOException {
        return run(Map.of(), secondsPerTask, command);
    }

    /** Starts an example with more in its environment. */
    CommandProcess run(Map<String, String> more, String secondsPerTask, String... command) throws IOException {
        ProcessBuilder described = new ProcessBuilder(command);
        described.environment().putAll(more);
        described
                .environment()
                .putAll(Map.of(
                        "YARDMASTER_KAFKA_BOOTSTRAP_SERVERS", ready.kafka(),
                        "YARDMASTER_SCHEMA_REGISTRY_URL", ready.registry(),
                        "SECONDS_PER_TASK", secondsPerTask));
        return CommandProcess.start(described, Files.createTempFile(directory, "example", ".out"));
    }

    /** Submits events, given as lines of a CSV file. */
    void submit(String... events) throws IOException {
        Path file = Files.writeString(
                Files.createTempFile(directory, "events", ".csv"),
                "lane,resource_group_id,job_id,session_id,task_indices\n" + String.join("\n", events) + "\n");
        CommandLineRun submit = CommandLineRun.of(
                "submit",
                "--set=kafka.bootstrap.servers=" + ready.kafka(),
                "--set=schema.registry.url=" + ready.registry(),
                file.toString());
        assertThat(submit.exitCode()).as(submit.stderr()).isZero();
    }

    /** Puts an assignment into the dispatch topic that no scheduler would put there any more. */
    void dispatch(TaskAssignment assignment) throws ExecutionException, InterruptedException {
        try (var serde = ValueSerdes.of(Topic.DISPATCH, registry());
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", ready.kafka()), new LongSerializer(), serde.serializer())) {
            var dispatched = new ProducerRecord<>(DISPATCH, assignment.getJobId(), assignment);
            dispatched.headers().add(Epoch.HEADER, Epoch.encode(assignment.getSessionId()));
            producer.send(dispatched).get();
        }
    }

    /** Assigns to a host, in the partition and to the incarnation that its heartbeat names. */
    /** Tells a host that its incarnation is over, and which is the newest one. */
    void end(Host host, long newest) throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", ready.kafka()), new LongSerializer(), new ByteArraySerializer())) {
            String topic = TopicNames.defaults().dispatch(host.getPool());
            var told = new ProducerRecord<Long, byte[]>(topic, host.getDispatchPartition(), 0L, null);
            HostHeaders.addTo(told.headers(), host.getHost(), host.getIncarnation());
            HostHeaders.addEnd(told.headers(), false, newest);
            producer.send(told).get();
        }
    }

    void place(TaskAssignment assignment, Host host) throws ExecutionException, InterruptedException {
        try (var serde = ValueSerdes.of(Topic.DISPATCH, registry());
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", ready.kafka()), new LongSerializer(), serde.serializer())) {
            String topic = TopicNames.defaults().dispatch(host.getPool());
            var placed = new ProducerRecord<>(topic, host.getDispatchPartition(), assignment.getJobId(), assignment);
            placed.headers().add(Epoch.HEADER, Epoch.encode(assignment.getSessionId()));
            HostHeaders.addTo(placed.headers(), host.getHost(), host.getIncarnation());
            producer.send(placed).get();
        }
    }

    /** All heartbeats in a pool. */
    List<Host> heartbeats(String pool) {
        String topic = TopicNames.defaults().of(Topic.HOSTS);
        try (var serde = ValueSerdes.of(Topic.HOSTS, registry());
                var reader = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", ready.kafka()),
                        new ByteArrayDeserializer(),
                        serde.deserializer())) {
            int number = Utils.toPositive(Utils.murmur2(pool.getBytes(StandardCharsets.UTF_8))) % LANE_PARTITIONS;
            var partition = new TopicPartition(topic, number);
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            long end = reader.endOffsets(List.of(partition)).get(partition);
            List<Host> all = new ArrayList<>();
            while (reader.position(partition) < end) {
                reader.poll(Duration.ofMillis(100)).forEach(polled -> all.add(polled.value()));
            }
            return all;
        }
    }

    /** Kills as the scheduler does when somebody cancels a job. */
    void kill(Kill kill) throws ExecutionException, InterruptedException {
        try (var serde = ValueSerdes.of(Topic.KILLS, registry());
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", ready.kafka()), new LongSerializer(), serde.serializer())) {
            producer.send(new ProducerRecord<>(TopicNames.defaults().of(Topic.KILLS), kill.getJobId(), kill))
                    .get();
        }
    }

    /** Every assignment in the dispatch topic. */
    List<ConsumerRecord<Long, TaskAssignment>> dispatched() {
        try (var dispatched = dispatchReader()) {
            return dispatched.records(DISPATCH);
        }
    }

    private TopicRereader<Long, TaskAssignment> dispatchReader() {
        return new TopicRereader<>(
                Map.of("bootstrap.servers", ready.kafka()),
                new LongDeserializer(),
                ValueSerdes.of(Topic.DISPATCH, registry()).deserializer());
    }

    /** The outcomes of a job, in the partition where its events are; task, result and reason of each. */
    List<String> outcomes(long job) {
        String topic = TopicNames.defaults().of(Topic.OUTCOMES);
        try (var serde = ValueSerdes.of(Topic.OUTCOMES, registry());
                var reader = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", ready.kafka()), new LongDeserializer(), serde.deserializer())) {
            var partition = new TopicPartition(topic, JobPartition.of(job, LANE_PARTITIONS));
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            long end = reader.endOffsets(List.of(partition)).get(partition);
            List<String> all = new ArrayList<>();
            while (reader.position(partition) < end) {
                reader.poll(Duration.ofMillis(100)).forEach(polled -> {
                    TaskOutcome outcome = polled.value();
                    if (polled.key() == job) {
                        all.add((outcome.getTaskIndex() + " " + outcome.getResult() + " " + outcome.getReason())
                                .strip());
                    }
                });
            }
            return all;
        }
    }

    /** Waits until {@code wanted} assignments are dispatched and not committed. */
    void awaitUncommitted(int wanted) {
        try (Admin admin = admin();
                var dispatched = dispatchReader()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> uncommitted(admin, dispatched).size() == wanted);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", ready.kafka()));
    }

    /** Waits until the group knows that all its members are gone, so that no commit of theirs can follow. */
    void awaitEmptyGroup() {
        try (Admin admin = admin()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> admin.describeConsumerGroups(List.of(GROUP))
                    .all()
                    .get()
                    .get(GROUP)
                    .members()
                    .isEmpty());
        }
    }

    /** The assignments that the group has not committed. */
    List<TaskAssignment> uncommitted() throws ExecutionException, InterruptedException {
        try (Admin admin = admin();
                var dispatched = dispatchReader()) {
            return uncommitted(admin, dispatched);
        }
    }

    private static List<TaskAssignment> uncommitted(Admin admin, TopicRereader<Long, TaskAssignment> dispatched)
            throws ExecutionException, InterruptedException {
        var committed = admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
        return dispatched.records(DISPATCH).stream()
                .filter(assignment -> {
                    var offset = committed.get(new TopicPartition(DISPATCH, assignment.partition()));
                    return offset == null || assignment.offset() >= offset.offset();
                })
                .map(ConsumerRecord::value)
                .toList();
    }

    @Override
    public void close() {
        serve.close();
    }

    private Map<String, String> registry() {
        return Map.of("schema.registry.url", ready.registry());
    }
}
