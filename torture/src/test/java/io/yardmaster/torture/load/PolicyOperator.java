package io.yardmaster.torture.load;

import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Plays the operator who sets limits, a pool, rates and weights while the deployment runs, and changes some of them now and then. One thread sets them; another
 * one, which changes them, begins when they are in force.
 */
public final class PolicyOperator implements AutoCloseable {
    /** Has the same capacity all the time. */
    public static final String STEADY = "steady";
    /** Has another capacity now and then. */
    public static final String CHANGING = "changing";
    /** A pool that is paused, has another window, or is gone now and then. */
    public static final String POOL = "side";
    /** A group of which only graphs are, that has a rate, another one now and then. */
    public static final long RATED = 11;
    /** No task needs more units of a limit, so that each may run at any time. */
    static final int MOST_NEEDED = 3;

    /** The capacity of {@link #STEADY}. */
    static final long STEADY_UNITS = 4;

    private static final int FIRST_UNITS = 5;
    private static final int MOST_UNITS = 12;
    private static final long FIRST_WINDOW = 6;
    private static final int MOST_WINDOW = 10;
    /** In tasks a second, so low that a burst too many is noticed. */
    private static final double FIRST_RATE = 0.02;

    private static final int MOST_FIRST_RATES = 8;

    private static final long FIRST_BURST = 12;
    private static final Duration PAUSE = Duration.ofSeconds(4);
    private static final int SECONDS_OF_CHANCE = 8;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<PolicyEntry> values;
    private final String topic;
    private final Map<String, Long> capacities = new HashMap<>();
    private long nextAt;
    /** True if the pool is to leave, as soon as each graph that names it has begun. */
    private boolean poolLeaves;

    private boolean poolIsGone;
    private volatile boolean poolIsNews;
    private volatile boolean inForce;
    private boolean isOpen;

    public PolicyOperator(Map<String, String> settings) {
        topic = TopicNames.from(settings).of(Topic.POLICY);
        values = ValueSerdes.of(Topic.POLICY, settings).serializer();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.get("kafka.bootstrap.servers"), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Sets all of it. Nothing may name it yet: a scheduler that does not know a limit or a pool refuses such graphs.
     *
     * @param paused whether the pool is, at first
     */
    public void begin(boolean paused) {
        limit(STEADY, STEADY_UNITS);
        limit(CHANGING, FIRST_UNITS);
        pool(FIRST_WINDOW, paused);
        rate(FIRST_RATE, FIRST_BURST);
        nextAt = System.nanoTime() + PAUSE.toNanos();
    }

    /** The keys of the policy that {@link #begin} sets. */
    public static List<String> keys() {
        return List.of("limit/" + STEADY, "limit/" + CHANGING, "pool/" + POOL, "group/" + RATED);
    }

    /** Must be called when every scheduler knows all of it: from now on graphs may name it. */
    public void areInForce() {
        inForce = true;
    }

    /** Returns whether the pool has come back, and may be unknown to a scheduler, which then refuses graphs that name it. */
    public boolean isPoolNews() {
        return poolIsNews;
    }

    /** Must be called when every scheduler knows the pool that has come back: from now on graphs may name it again. */
    public void poolIsKnown() {
        poolIsNews = false;
    }

    /** Returns whether graphs may need the limits, and be of the group with a rate. */
    boolean mayBeNeeded() {
        return inForce;
    }

    /** Returns whether stages may name the pool. */
    boolean mayNamePool() {
        return inForce && !poolLeaves && !poolIsGone && !poolIsNews;
    }

    /**
     * Changes something now and then.
     *
     * @param haveBegun tells whether each graph that was sent has begun
     */
    void step(Random random, BooleanSupplier haveBegun) {
        if (poolLeaves && haveBegun.getAsBoolean()) {
            poolLeaves = false;
            poolIsGone = true;
            put("pool/" + POOL, null);
        }
        if (inForce && System.nanoTime() - nextAt > 0) {
            change(random);
            nextAt = System.nanoTime()
                    + PAUSE.toNanos()
                    + Duration.ofSeconds(random.nextInt(SECONDS_OF_CHANCE)).toNanos();
        }
    }

    private void change(Random random) {
        switch (random.nextInt(5)) {
            case 2 ->
                put(
                        "group/" + random.nextInt(Sender.GROUPS),
                        draft("weight")
                                .setWeight(0.5 * (1 << random.nextInt(4)))
                                .build());
            case 0 -> limit(CHANGING, MOST_NEEDED + random.nextInt(MOST_UNITS - MOST_NEEDED));
            case 1 ->
                rate((1 + random.nextInt(MOST_FIRST_RATES)) * FIRST_RATE, 1L + random.nextInt(2 * (int) FIRST_BURST));
            default -> {
                if (mayNamePool() && random.nextInt(4) == 0) {
                    poolLeaves = true;
                } else if (!poolLeaves) {
                    boolean returns = poolIsGone;
                    pool(1L + random.nextInt(MOST_WINDOW), random.nextInt(3) == 0);
                    poolIsNews |= returns;
                }
            }
        }
    }

    /** Has everything that waits go on: the pool is there, and nothing has a rate any more. Once is enough. */
    public void open() {
        if (inForce && !isOpen) {
            isOpen = true;
            poolLeaves = false;
            pool(MOST_WINDOW, false);
            put("group/" + RATED, null);
        }
    }

    /** All units of every limit: a task that needs them runs only if none has leaked (L5). Empty before the limits are in force. */
    Map<String, Long> all() {
        return inForce ? Map.copyOf(capacities) : Map.of();
    }

    private void limit(String limit, long units) {
        capacities.put(limit, units);
        put("limit/" + limit, draft("capacity").setCapacity(units).build());
    }

    private void pool(long window, boolean paused) {
        poolIsGone = false;
        put(
                "pool/" + POOL,
                draft("window", "paused").setWindow(window).setPaused(paused).build());
    }

    private void rate(double perSecond, long burst) {
        put(
                "group/" + RATED,
                draft("rate", "burst").setRate(perSecond).setBurst(burst).build());
    }

    private static PolicyEntry.Builder draft(String... fields) {
        return PolicyEntry.newBuilder()
                .setBy("torture")
                .setAt(Instant.now())
                .setFields(new ArrayList<>(List.of(fields)));
    }

    /** @param entry null to withdraw it */
    private void put(String key, PolicyEntry entry) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        byte[] value = entry == null ? null : values.serialize(topic, entry);
        try {
            producer.send(new ProducerRecord<>(topic, 0, name, value)).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(key + " could not be set", e);
        }
    }

    @Override
    public void close() {
        producer.close();
        values.close();
    }
}
