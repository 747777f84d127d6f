package io.yardmaster.topology;

import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Share;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.testkafka.TestKafka;
import io.yardmaster.testkafka.TestTopics;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.upkeep.Upkeep;
import io.yardmaster.topology.window.StoredFloor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Time;

/** Topics of its own on a real broker, and the instances of one scheduler that use them. */
final class TestDeployment implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration END_LIMIT = Duration.ofSeconds(60);

    /** The key of what a group has taken begins so, in the scheduler's state; the pool's name follows. */
    private static final String TAKEN_FLOOR = "\u00fe\u0001";

    private final String servers;
    private final Path directory;
    private final Map<String, String> settings = new HashMap<>();
    private final TopicNames topics;
    private final Admin admin;
    private final KafkaProducer<Long, byte[]> producer;
    private final List<SchedulerService> services = new ArrayList<>();
    private final Set<String> clientIds = new HashSet<>();
    private Serializer<TaskOutcome> outcomes;
    private Duration upkeepInterval = Upkeep.INTERVAL;

    /** @param directory for the state of its instances */
    TestDeployment(TestKafka kafka, String ownName, Path directory) {
        String name = kafka.unique(ownName);
        this.servers = kafka.bootstrapServers();
        this.directory = directory;
        settings.put("topic.prefix", name + ".");
        settings.put("kafka.application.id", name);
        settings.put("kafka.bootstrap.servers", servers);
        settings.put("schema.registry.url", "mock://" + name);
        settings.put("dispatch.group", name + "-fleet");
        // Tests choose a job's partition themselves.
        settings.put("lane.partitioner", "any");
        topics = TopicNames.from(settings);
        admin = Admin.create(Map.of("bootstrap.servers", servers));
        // One request at a time: a topic's first batch may be refused, as its partition is not led yet, while the
        // second is taken;
        // then the first one, tried again, is out of order for ever.
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "max.in.flight.requests.per.connection", 1),
                new LongSerializer(),
                new ByteArraySerializer());
    }

    TestDeployment set(String key, Object value) {
        settings.put(key, value.toString());
        return this;
    }

    TestDeployment upkeepEvery(Duration interval) {
        upkeepInterval = interval;
        return this;
    }

    TestDeployment createTopics(int shards, int dispatch) throws ExecutionException, InterruptedException {
        Map<String, String> stamped = Map.of("message.timestamp.type", "LogAppendTime");
        Map<String, String> compact = Map.of("cleanup.policy", "compact", "message.timestamp.type", "LogAppendTime");
        TestTopics.create(
                admin,
                List.of(
                        new NewTopic(topics.of(Topic.READY), shards, (short) 1),
                        new NewTopic(topics.of(Topic.COMMIT), shards, (short) 1),
                        new NewTopic(topics.of(Topic.CLEANUP), shards, (short) 1),
                        new NewTopic(topics.of(Topic.GRAPHS), shards, (short) 1),
                        new NewTopic(topics.of(Topic.COMMANDS), shards, (short) 1).configs(stamped),
                        new NewTopic(topics.of(Topic.OUTCOMES), shards, (short) 1).configs(stamped),
                        new NewTopic(topics.of(Topic.EVENTS), shards, (short) 1).configs(stamped),
                        new NewTopic(topics.of(Topic.KILLS), 1, (short) 1).configs(stamped),
                        new NewTopic(topics.of(Topic.HOSTS), shards, (short) 1).configs(stamped),
                        new NewTopic(topics.of(Topic.OFFERS), shards, (short) 1).configs(stamped),
                        new NewTopic(topics.of(Topic.DISPATCH), dispatch, (short) 1).configs(stamped),
                        new NewTopic(topics.deadLetter(), 1, (short) 1),
                        new NewTopic(topics.of(Topic.SHARES), 1, (short) 1).configs(compact),
                        new NewTopic(topics.of(Topic.POLICY), 1, (short) 1).configs(compact),
                        new NewTopic(topics.of(Topic.SESSIONS), 1, (short) 1).configs(compact)));
        return this;
    }

    Admin admin() {
        return admin;
    }

    String topic(Topic<?> topic) {
        return topics.of(topic);
    }

    String deadLetters() {
        return topics.deadLetter();
    }

    String group() {
        return settings.get("dispatch.group");
    }

    String applicationId() {
        return settings.get("kafka.application.id");
    }

    SchedulerConfig config(String stateDirectory) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("state.dir", directory.resolve(stateDirectory).toString());
        return SchedulerConfig.from(own);
    }

    /** Starts an instance, and returns when it has its shards. */
    SchedulerService start(String stateDirectory) {
        return start(stateDirectory, Time.SYSTEM, Meters.NONE);
    }

    /** Starts an instance with meters. */
    SchedulerService start(String stateDirectory, Meters meters) {
        return start(stateDirectory, Time.SYSTEM, meters);
    }

    /** Starts an instance on another wall clock. */
    SchedulerService start(String stateDirectory, Time wallClock) {
        return start(stateDirectory, wallClock, Meters.NONE);
    }

    private SchedulerService start(String stateDirectory, Time wallClock, Meters meters) {
        SchedulerService service = launch(stateDirectory, wallClock, meters);
        service.awaitRunning(START_LIMIT);
        return service;
    }

    /** Starts an instance and does not wait. */
    SchedulerService launch(String stateDirectory) {
        return launch(stateDirectory, Time.SYSTEM, Meters.NONE);
    }

    private SchedulerService launch(String stateDirectory, Time wallClock, Meters meters) {
        SchedulerService service = new SchedulerService(config(stateDirectory), wallClock, meters, upkeepInterval);
        services.add(service);
        clientIds.add(settings.getOrDefault("kafka.client.id", applicationId()));
        service.start();
        return service;
    }

    /** Makes tasks of a job ready, in this partition of the ready lane. */
    void ready(int partition, long group, long job, long session, int from, int to) {
        List<Integer> indices = IntStream.range(from, to).boxed().toList();
        send(Topic.READY, partition, job, new TaskReady(group, job, session, indices, 0));
    }

    /** Writes an entry of the policy. */
    void policy(String key, PolicyEntry entry) {
        byte[] value = ValueSerdes.of(Topic.POLICY, settings).serializer().serialize(topics.of(Topic.POLICY), entry);
        try (KafkaProducer<byte[], byte[]> writer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new ByteArraySerializer(), new ByteArraySerializer())) {
            writer.send(new ProducerRecord<>(topics.of(Topic.POLICY), key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Makes the dispatch topic of a pool, and has the policy place the pool's tasks on hosts. */
    void placeOnHosts(String pool, int partitions) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topics.dispatch(pool), partitions, (short) 1)))
                .all()
                .get();
        policy(
                "pool/" + pool,
                PolicyEntry.newBuilder()
                        .setBy("ann")
                        .setFields(List.of("placement"))
                        .setPlacement("hosts")
                        .build());
    }

    /** Makes tasks of a job ready, each by an event of its own, and waits until the broker has all. */
    void readyEach(int partition, long group, long job, int from, int to) {
        Serializer<TaskReady> values = ValueSerdes.of(Topic.READY, settings).serializer();
        String topic = topics.of(Topic.READY);
        List<Future<?>> sent = new ArrayList<>();
        for (int task = from; task < to; task++) {
            byte[] value = values.serialize(topic, new TaskReady(group, job, 0L, List.of(task), 0));
            sent.add(producer.send(new ProducerRecord<>(topic, partition, job, value)));
        }
        try {
            for (Future<?> each : sent) {
                each.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    <V extends SpecificRecord> void send(Topic<V> topic, Integer partition, long job, V event) {
        byte[] value = ValueSerdes.of(topic, settings).serializer().serialize(topics.of(topic), event);
        try {
            producer.send(new ProducerRecord<>(topics.of(topic), partition, job, value))
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The outcome of an assignment, which the broker has some time later. */
    void outcome(int partition, TaskOutcome outcome) {
        String topic = topics.of(Topic.OUTCOMES);
        byte[] value;
        synchronized (this) {
            if (outcomes == null) {
                outcomes = ValueSerdes.of(Topic.OUTCOMES, settings).serializer();
            }
            value = outcomes.serialize(topic, outcome);
        }
        var unused = producer.send(new ProducerRecord<>(topic, partition, outcome.getJobId(), value));
    }

    /** A read_committed consumer of what shards publish of themselves. */
    KafkaConsumer<Integer, Share> published() {
        KafkaConsumer<Integer, Share> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
                new IntegerDeserializer(),
                ValueSerdes.of(Topic.SHARES, settings).deserializer());
        consumer.assign(List.of(new TopicPartition(topics.of(Topic.SHARES), 0)));
        return consumer;
    }

    /** The offset in partition 0 of a pool's dispatch topic that the scheduler's state has; -1 if it has none. */
    long storedFloor(String pool) {
        byte[] key = (TAKEN_FLOOR + pool).getBytes(StandardCharsets.ISO_8859_1);
        TopicPartition changelog = new TopicPartition(applicationId() + "-scheduler-state-changelog", 0);
        byte[] stored = null;
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            reader.assign(List.of(changelog));
            reader.seekToBeginning(List.of(changelog));
            long end = reader.endOffsets(List.of(changelog)).get(changelog);
            while (reader.position(changelog) < end) {
                for (var entry : reader.poll(Duration.ofMillis(100))) {
                    stored = Arrays.equals(entry.key(), key) ? entry.value() : stored;
                }
            }
        }
        return stored == null ? -1 : StoredFloor.decode(stored).offsets()[0];
    }

    /** A read_committed consumer of assignments; without a group if that is null. */
    KafkaConsumer<Long, TaskAssignment> consumer(String group, Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "bootstrap.servers",
                servers,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false));
        if (group != null) {
            config.put("group.id", group);
        }
        config.putAll(more);
        return new KafkaConsumer<>(
                config,
                new LongDeserializer(),
                ValueSerdes.of(Topic.DISPATCH, settings).deserializer());
    }

    /** Takes one assignment at a time. */
    KafkaShareConsumer<Long, TaskAssignment> shareConsumer() {
        return new KafkaShareConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "group.id",
                        group(),
                        "share.acknowledgement.mode",
                        "explicit",
                        "share.acquire.mode",
                        "record_limit",
                        "max.poll.records",
                        1),
                new LongDeserializer(),
                ValueSerdes.of(Topic.DISPATCH, settings).deserializer());
    }

    @Override
    public void close() {
        services.parallelStream().forEach(SchedulerService::close);
        producer.close();
        admin.close();
        // An instance that is left as it is, as a thread of it hangs, still writes to the directory.
        await().atMost(END_LIMIT).until(this::hasNoThreads);
    }

    /** True if no thread of the instances runs; Streams names each after the client. */
    private boolean hasNoThreads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).noneMatch(name -> clientIds.stream()
                .anyMatch(name::startsWith));
    }
}
