package io.yardmaster.app;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** The serializers of a deployment's topics, for any thread. Each is made once, as a new one asks the registry anew. */
public final class TopicSerializers {
    private final Map<String, ?> settings;
    private final Map<Topic<?>, Serializer<?>> made = new ConcurrentHashMap<>();

    public TopicSerializers(Map<String, ?> settings) {
        this.settings = Map.copyOf(settings);
    }

    /**
     * Returns the bytes of a value.
     *
     * @param name of the topic in this deployment
     */
    @SuppressWarnings("unchecked") // each topic has its own serializer
    public <V extends SpecificRecord> byte[] serialize(Topic<V> topic, String name, V value) {
        Serializer<V> serializer = (Serializer<V>)
                made.computeIfAbsent(topic, t -> ValueSerdes.of(topic, settings).serializer());
        return serializer.serialize(name, value);
    }
}
