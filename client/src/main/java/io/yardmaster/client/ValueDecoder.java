package io.yardmaster.client;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.RegistryUnavailableException;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.io.EOFException;
import java.io.IOException;
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
            if (mayPass(e)) {
                throw new RegistryAwayException(e);
            }
            throw new UnusableRecordException(e.getMessage());
        }
    }

    /**
     * Our serde throws {@link RegistryUnavailableException}; another may wrap a network error. Avro reports truncated
     * bytes as an end of file.
     */
    private static boolean mayPass(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryUnavailableException
                    || cause instanceof RetriableException
                    || (cause instanceof IOException && !(cause instanceof EOFException))) {
                return true;
            }
        }
        return false;
    }
}
