package io.yardmaster.client;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads a topic's values, and tells records that are bad for ever from those that cannot be decoded just now. */
final class ValueDecoder<V extends SpecificRecord> {
    private final Deserializer<V> values;

    ValueDecoder(Topic<V> topic, Map<String, String> settings) {
        this.values = ValueSerdes.of(topic, settings).deserializer();
    }

    V decode(ConsumerRecord<byte[], byte[]> polled) throws UnusableRecordException, RegistryAwayException {
        V value = deserialize(polled);
        if (value == null) {
            throw new UnusableRecordException("the record has no value");
        }
        return value;
    }

    private V deserialize(ConsumerRecord<byte[], byte[]> polled) throws UnusableRecordException, RegistryAwayException {
        try {
            return values.deserialize(polled.topic(), polled.headers(), polled.value());
        } catch (SerializationException | RetriableException e) {
            if (PassingErrors.mayPass(e)) {
                throw new RegistryAwayException(e);
            }
            throw new UnusableRecordException(e.getMessage());
        }
    }
}
