package io.yardmaster.topology;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** Refuses readable values that are another lane's kind of event. */
final class LaneDeserializer<V> implements Deserializer<V> {
    private final Class<V> type;
    private final Deserializer<?> values;

    LaneDeserializer(Class<V> type, Deserializer<?> values) {
        this.type = type;
        this.values = values;
    }

    @Override
    public V deserialize(String topic, byte[] bytes) {
        return checked(topic, values.deserialize(topic, bytes));
    }

    @Override
    public V deserialize(String topic, Headers headers, byte[] bytes) {
        return checked(topic, values.deserialize(topic, headers, bytes));
    }

    private V checked(String topic, Object value) {
        if (value != null && !type.isInstance(value)) {
            throw new SerializationException(
                    "topic %s: a %s is no %s".formatted(topic, value.getClass().getSimpleName(), type.getSimpleName()));
        }
        return type.cast(value);
    }

    @Override
    public void close() {
        values.close();
    }
}
