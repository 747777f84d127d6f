package io.yardmaster.torture.load;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.When;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Plays people who submit jobs to a pool with hosts, gangs among them, cancel, pause and resume some, and a storage that begins a session
 * now and then. It follows the events to know which jobs have ended. Used by one thread.
 */
public final class HostLoad implements AutoCloseable {
    /** No task needs more, and no more of any gang is needed than a whole host has. */
    public static final int MOST_CPU = 4;

    public static final List<String> ZONES = List.of("a", "b");

    private static final int MOST_OPEN = 12;
    private static final int PRIORITIES = 3;
    private static final long PREEMPTIONS_PER_MINUTE = 60;
    /** The resource group whose tasks keep their places. */
    private static final long STABLE_GROUP = 0;

    private static final long STORAGE_JOB = 1_000_000;
    private static final Set<JobEventKind> ENDS =
            Set.of(JobEventKind.JOB_SUCCEEDED, JobEventKind.JOB_FAILED, JobEventKind.JOB_ENDED);

    private final String pool;
    private final Random random;
    private final Sender sender;
    private final KafkaConsumer<byte[], byte[]> events;
    private final Deserializer<JobEvent> values;
    private final Set<Long> open = new HashSet<>();
    private final Set<Long> begun = new HashSet<>();

    private long jobs;
    private long session = 1;
    private long endedJobs;

    public HostLoad(Map<String, String> settings, String pool, long seed) {
        this.pool = pool;
        this.random = new Random(seed);
        this.sender = new Sender(settings);
        this.values = ValueSerdes.of(Topic.EVENTS, settings).deserializer();
        events = new KafkaConsumer<>(
                new HashMap<>(Map.of(
                        "bootstrap.servers",
                        settings.get("kafka.bootstrap.servers"),
                        "isolation.level",
                        "read_committed")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        String topic = TopicNames.from(settings).of(Topic.EVENTS);
        List<TopicPartition> partitions = events.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        events.assign(partitions);
        events.seekToBeginning(partitions);
    }

    /** Sets the policy of the pool, the entry of the pool last; nothing may be submitted before each scheduler knows it. */
    public static void setPolicy(Map<String, String> settings, String pool) {
        String topic = TopicNames.from(settings).of(Topic.POLICY);
        try (var entries = ValueSerdes.of(Topic.POLICY, settings).serializer();
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", settings.get("kafka.bootstrap.servers"), "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            Map<String, PolicyEntry> policy = new LinkedHashMap<>();
            policy.put("default/group", preemptible(true));
            policy.put("group/" + STABLE_GROUP, preemptible(false));
            policy.put(
                    "pool/" + pool,
                    entry("placement", "preemptions")
                            .setPlacement("hosts")
                            .setPreemptions(PREEMPTIONS_PER_MINUTE)
                            .build());
            for (Map.Entry<String, PolicyEntry> each : policy.entrySet()) {
                byte[] key = each.getKey().getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(topic, 0, key, entries.serialize(topic, each.getValue())))
                        .get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the policy of a pool could not be set", e);
        }
    }

    private static PolicyEntry preemptible(boolean may) {
        return entry("preemptible").setPreemptible(may).build();
    }

    private static PolicyEntry.Builder entry(String... fields) {
        return PolicyEntry.newBuilder().setBy("torture").setAt(Instant.now()).setFields(List.of(fields));
    }

    /** Does something, or waits a moment, as there is enough to do. */
    public void step() {
        follow(Duration.ofMillis(50));
        int dice = random.nextInt(40);
        if (open.size() < MOST_OPEN) {
            submit();
        } else if (dice < 3 && !begun.isEmpty()) {
            command(dice == 0 ? CommandType.CANCEL : dice == 1 ? CommandType.PAUSE : CommandType.RESUME);
        } else if (dice == 3 && random.nextInt(10) == 0) {
            session++;
            sender.cleanup(session, STORAGE_JOB + session, false);
        }
        sender.flush();
    }

    private void submit() {
        jobs++;
        List<Stage> stages = new ArrayList<>();
        int count = 1 + random.nextInt(2);
        for (int number = 0; number < count; number++) {
            // Each run has some, whatever its seed.
            boolean gang = (jobs % 4 == 1 && number == 0) || random.nextInt(3) == 0;
            stages.add(Stage.newBuilder()
                    .setName("s" + number)
                    .setTasks(gang ? 2 + random.nextInt(MOST_CPU - 1) : 1 + random.nextInt(5))
                    .setAfter(
                            number > 0 && random.nextBoolean() ? List.of(new StageDependency("s0", false)) : List.of())
                    .setWhen(When.ALL)
                    .setPayload(Payload.NONE)
                    .setPool(pool)
                    .setNeeds(Map.of("cpu", gang ? 1L : 1L + random.nextInt(2)))
                    .setLabels(
                            random.nextInt(4) == 0 ? Map.of("zone", ZONES.get(random.nextInt(ZONES.size()))) : Map.of())
                    .setGang(gang)
                    .build());
        }
        sender.graph(JobGraph.newBuilder()
                .setResourceGroupId(Sender.group(jobs))
                .setJobId(jobs)
                .setPriority(random.nextInt(PRIORITIES))
                .setOnFailure(OnFailure.STOP)
                .setStages(stages)
                .build());
        open.add(jobs);
    }

    private void command(CommandType type) {
        List<Long> known = List.copyOf(begun);
        long job = known.get(random.nextInt(known.size()));
        sender.command(-1, job, type);
    }

    /** Lets all jobs go on that were paused. */
    public void resumeAll() {
        follow(Duration.ofMillis(50));
        open.forEach(job -> sender.command(-1, job, CommandType.RESUME));
        sender.flush();
    }

    /** Reads what the scheduler tells. */
    public void follow(Duration wait) {
        for (ConsumerRecord<byte[], byte[]> message : events.poll(wait)) {
            JobEvent event = values.deserialize(message.topic(), message.value());
            if (event.getWhat() == JobEventKind.JOB_BEGAN && open.contains(event.getJobId())) {
                begun.add(event.getJobId());
            } else if (ENDS.contains(event.getWhat()) && open.remove(event.getJobId())) {
                begun.remove(event.getJobId());
                endedJobs++;
            }
        }
    }

    /** The jobs that have not ended. */
    public Set<Long> open() {
        return Set.copyOf(open);
    }

    public long ended() {
        return endedJobs;
    }

    public long sessions() {
        return session;
    }

    @Override
    public void close() {
        sender.close();
        events.close();
        values.close();
    }
}
