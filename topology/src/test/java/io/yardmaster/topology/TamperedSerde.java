package io.yardmaster.topology;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.serde.AvroSerde;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The built-in serde, with a tampering call in the middle of a tick: on the stream thread that is about to send an
 * assignment.
 */
abstract class TamperedSerde implements Serde<SpecificRecord> {
    private final AvroSerde<SpecificRecord> avro = new AvroSerde<>();

    abstract void beforeSending(TaskAssignment assignment);

    static void hold(CountDownLatch released) {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
                beforeSending(assignment);
            }
            return serializer.serialize(topic, value);
        };
    }

    @Override
    public Deserializer<SpecificRecord> deserializer() {
        return avro.deserializer();
    }
}
