package io.yardmaster.connectors.convert;

import io.yardmaster.schemas.serde.AvroSerde;
import io.yardmaster.schemas.serde.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;

/**
 * Values in Confluent's wire format: structs that are named like a record of the contract are written as that record,
 * by {@link AvroSerde}, whose settings it takes ({@code value.converter.schema.registry.url} ...). Text is written as
 * UTF-8 and bytes as they are, for dead letters.
 *
 * <p>If the registry does not answer, Connect tries again for {@code errors.retry.timeout}.
 */
public final class EventConverter implements Converter {
    private final AvroSerde<SpecificRecord> serde = new AvroSerde<>();
    private final Map<org.apache.avro.Schema, Schema> schemas = new ConcurrentHashMap<>();

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        serde.configure(settings, isKey);
    }

    /** Accepts any setting; {@link AvroSerde} checks those that it knows. */
    @Override
    public ConfigDef config() {
        return new ConfigDef();
    }

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (value instanceof Struct struct) {
            return write(
                    topic,
                    Records.record(struct)
                            .orElseThrow(() -> new DataException("topic %s: %s is no record of Yardmaster's contract"
                                    .formatted(topic, struct.schema().name()))));
        }
        throw new DataException("topic %s: a %s cannot be an event"
                .formatted(topic, value.getClass().getSimpleName()));
    }

    private byte[] write(String topic, SpecificRecord record) {
        try {
            return serde.serializer().serialize(topic, record);
        } catch (RegistryUnavailableException e) {
            throw new RetriableException(e.getMessage(), e);
        } catch (SerializationException e) {
            throw new DataException(e.getMessage(), e);
        }
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        if (value == null) {
            return SchemaAndValue.NULL;
        }
        SpecificRecord record = read(topic, value);
        Schema schema = schemas.computeIfAbsent(record.getSchema(), ContractSchemas::connect);
        return new SchemaAndValue(schema, Records.struct(record, schema));
    }

    private SpecificRecord read(String topic, byte[] value) {
        try {
            return serde.deserializer().deserialize(topic, value);
        } catch (RegistryUnavailableException e) {
            throw new RetriableException(e.getMessage(), e);
        } catch (SerializationException e) {
            throw new DataException(e.getMessage(), e);
        }
    }
}
