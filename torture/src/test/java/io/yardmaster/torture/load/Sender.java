package io.yardmaster.torture.load;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Sends the storage's events, commands, and outcomes, and counts those that the brokers have acknowledged. Used by one thread. */
public final class Sender implements AutoCloseable {
    /** The number of groups whose jobs are those of storage. */
    static final int GROUPS = 5;

    private final KafkaProducer<Long, byte[]> producer;
    private final TopicNames names;
    private final Map<String, String> settings;
    private final Map<Topic<?>, Serializer<?>> serializers = new HashMap<>();
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private int commands;
    private final AtomicInteger answersDue = new AtomicInteger();

    public Sender(Map<String, String> settings) {
        this.settings = settings;
        names = TopicNames.from(settings);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.get("kafka.bootstrap.servers"), "acks", "all", "linger.ms", 2),
                new LongSerializer(),
                new ByteArraySerializer());
    }

    void ready(long session, long job, List<Integer> indices, int attempt) {
        send(Topic.READY, job, new TaskReady(group(job), job, session, indices, attempt));
    }

    void commit(long session, long job) {
        send(Topic.COMMIT, job, new CommitReady(group(job), job, session));
    }

    void cleanup(long session, long job, boolean hasTask) {
        send(Topic.CLEANUP, job, new CleanupReady(group(job), job, session, hasTask));
    }

    void graph(JobGraph part) {
        send(Topic.GRAPHS, part.getJobId(), part);
    }

    void command(long session, long job, CommandType type) {
        answersDue.incrementAndGet();
        command(job, session, job, type, 0, "");
    }

    void prioritize(long session, long job, int priority) {
        answersDue.incrementAndGet();
        command(job, session, job, CommandType.SET_PRIORITY, priority, "");
    }

    /** A command that makes no sense for its session, for its key or for the length of its reason. */
    void refusedCommand(long key, long session, long job, String reason) {
        command(key, session, job, CommandType.CANCEL, 0, reason);
    }

    /** A command whose priority makes no sense. */
    void refusedPriority(long job, int priority) {
        command(job, -1, job, CommandType.SET_PRIORITY, priority, "");
    }

    /** The reason is unlike that of any other command. */
    private void command(long key, long session, long job, CommandType type, int priority, String reason) {
        commands++;
        send(Topic.COMMANDS, key, new JobCommand(job, session, type, "no. " + commands + reason, "torture", priority));
    }

    void outcome(long key, TaskOutcome outcome) {
        send(Topic.OUTCOMES, key, outcome);
    }

    /** @param value null, or bytes that nobody can read */
    void outcome(long key, byte[] value) {
        send(names.of(Topic.OUTCOMES), key, value);
    }

    /** The number of commands sent to which an event must answer. */
    int answersDue() {
        return answersDue.get();
    }

    static long group(long job) {
        return job % GROUPS;
    }

    @SuppressWarnings("unchecked") // each topic has its own serializer
    private <V extends SpecificRecord> void send(Topic<V> topic, long key, V event) {
        String name = names.of(topic);
        Serializer<V> serializer = (Serializer<V>) serializers.computeIfAbsent(
                topic, t -> ValueSerdes.of(topic, settings).serializer());
        send(name, key, serializer.serialize(name, event));
    }

    private void send(String name, long key, byte[] value) {
        Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(name, key, value), (metadata, error) -> {
            if (error == null) {
                acknowledged.merge(name, 1, Integer::sum);
            } else {
                failure.compareAndSet(null, error);
            }
        });
        check();
    }

    private void check() {
        if (failure.get() != null) {
            throw new IllegalStateException("an event could not be sent", failure.get());
        }
    }

    void flush() {
        producer.flush();
        check();
    }

    /** The number of events, commands and outcomes that must not be lost, by topic. */
    public Map<String, Integer> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    @Override
    public void close() {
        producer.close();
    }
}
