package io.yardmaster.topology;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.serde.AvroSerde;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Holds a stream thread of one instance in the middle of a tick, when it is about to send an assignment. */
public final class StallingSerde implements Serde<SpecificRecord> {
    /** What the names of the instance's threads begin with. */
    static final String STALLING = "stalling";

    private static volatile CountDownLatch stalled = new CountDownLatch(1);
    private static volatile CountDownLatch released = new CountDownLatch(0);

    private final AvroSerde<SpecificRecord> avro = new AvroSerde<>();

    /** From here on the instance gets no further. */
    static void stall() {
        stalled = new CountDownLatch(1);
        released = new CountDownLatch(1);
    }

    static void awaitStalled() throws InterruptedException {
        stalled.await();
    }

    static void release() {
        released.countDown();
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        avro.configure(configs, isKey);
    }

    @Override
    public Serializer<SpecificRecord> serializer() {
        Serializer<SpecificRecord> serializer = avro.serializer();
        return (topic, value) -> {
            if (value instanceof TaskAssignment
                    && Thread.currentThread().getName().startsWith(STALLING)) {
                pass();
            }
            return serializer.serialize(topic, value);
        };
    }

    private static void pass() {
        if (released.getCount() > 0) {
            stalled.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Deserializer<SpecificRecord> deserializer() {
        return avro.deserializer();
    }
}
