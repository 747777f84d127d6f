package io.yardmaster.topology;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.serde.AvroSerde;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Once it is told to, holds the first thread that is about to send an assignment until it is released, and fails on others. */
public final class BreakingSerde implements Serde<SpecificRecord> {
    static final String FAILURE = "broken on purpose";

    private static final Map<Long, Thread> SENDERS = new ConcurrentHashMap<>();
    private static final CountDownLatch HELD = new CountDownLatch(1);
    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    private static volatile boolean breaks;

    private final AvroSerde<SpecificRecord> avro = new AvroSerde<>();

    /** Which thread sent the latest assignment of a job; null if none did. */
    static Thread sender(long job) {
        return SENDERS.get(job);
    }

    static void breakFromNowOn() {
        breaks = true;
    }

    static void awaitHeld() throws InterruptedException {
        HELD.await();
    }

    static void release() {
        RELEASED.countDown();
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        avro.configure(configs, isKey);
    }

    @Override
    public Serializer<SpecificRecord> serializer() {
        Serializer<SpecificRecord> serializer = avro.serializer();
        return (topic, value) -> {
            if (value instanceof TaskAssignment assignment) {
                SENDERS.put(assignment.getJobId(), Thread.currentThread());
                if (breaks) {
                    holdOrFail();
                }
            }
            return serializer.serialize(topic, value);
        };
    }

    private static void holdOrFail() {
        if (!isFirst()) {
            throw new IllegalStateException(FAILURE);
        }
        try {
            RELEASED.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static synchronized boolean isFirst() {
        boolean first = HELD.getCount() > 0;
        HELD.countDown();
        return first;
    }

    @Override
    public Deserializer<SpecificRecord> deserializer() {
        return avro.deserializer();
    }
}
