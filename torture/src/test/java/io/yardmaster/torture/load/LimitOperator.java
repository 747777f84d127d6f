package io.yardmaster.torture.load;

import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Plays the operator who sets limits while the deployment runs, and changes one of them now and then. One thread sets them; another one,
 * which changes them, begins when they are in force.
 */
public final class LimitOperator implements AutoCloseable {
    /** Has the same capacity all the time. */
    public static final String STEADY = "steady";
    /** Has another capacity now and then. */
    public static final String CHANGING = "changing";
    /** No task needs more units of a limit, so that each may run at any time. */
    public static final int MOST_NEEDED = 3;

    /** The capacity of {@link #STEADY}. */
    static final long STEADY_UNITS = 4;

    private static final int FIRST_UNITS = 5;
    private static final int MOST_UNITS = 12;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int SECONDS_OF_CHANCE = 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<PolicyEntry> values;
    private final String topic;
    private final Map<String, Long> capacities = new HashMap<>();
    private long nextAt;
    private volatile boolean inForce;

    public LimitOperator(Map<String, String> settings) {
        topic = TopicNames.from(settings).of(Topic.POLICY);
        values = ValueSerdes.of(Topic.POLICY, settings).serializer();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.get("kafka.bootstrap.servers"), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sets both limits. Nothing may need them yet: a scheduler that does not know them refuses such graphs. */
    public void begin() {
        set(STEADY, STEADY_UNITS);
        set(CHANGING, FIRST_UNITS);
        nextAt = System.nanoTime() + PAUSE.toNanos();
    }

    /** Must be called when every scheduler knows the limits: from now on graphs may need them. */
    public void areInForce() {
        inForce = true;
    }

    /** Returns whether graphs may need the limits. */
    boolean mayBeNeeded() {
        return inForce;
    }

    /** Changes a limit now and then. */
    void step(Random random) {
        if (inForce && System.nanoTime() - nextAt > 0) {
            set(CHANGING, MOST_NEEDED + random.nextInt(MOST_UNITS - MOST_NEEDED));
            nextAt = System.nanoTime()
                    + PAUSE.toNanos()
                    + Duration.ofSeconds(random.nextInt(SECONDS_OF_CHANCE)).toNanos();
        }
    }

    /** All units of every limit: a task that needs them runs only if none has leaked (L5). Empty before the limits are in force. */
    Map<String, Long> all() {
        return inForce ? Map.copyOf(capacities) : Map.of();
    }

    private void set(String limit, long units) {
        PolicyEntry entry = PolicyEntry.newBuilder()
                .setBy("torture")
                .setAt(Instant.now())
                .setFields(List.of("capacity"))
                .setCapacity(units)
                .build();
        byte[] key = ("limit/" + limit).getBytes(StandardCharsets.UTF_8);
        capacities.put(limit, units);
        try {
            producer.send(new ProducerRecord<>(topic, 0, key, values.serialize(topic, entry)))
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("a limit could not be set", e);
        }
    }

    @Override
    public void close() {
        producer.close();
        values.close();
    }
}
