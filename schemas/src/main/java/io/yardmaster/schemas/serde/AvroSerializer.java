package io.yardmaster.schemas.serde;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/** Writes records. All serializers share one encoder and its buffer per thread. */
final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {
    private static final ThreadLocal<HeapEncoder> ENCODERS = ThreadLocal.withInitial(HeapEncoder::new);

    private final SchemaIds ids;
    private final Map<Schema, RecordWriter> writers = new ConcurrentHashMap<>();

    AvroSerializer(SchemaIds ids) {
        this.ids = ids;
    }

    @Override
    public byte[] serialize(String topic, T value) {
        if (value == null) {
            return null;
        }
        int id = ids.of(topic, value.getSchema());
        try {
            return encode(id, value);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    "topic %s: a %s cannot be written: %s"
                            .formatted(topic, value.getSchema().getName(), e.getMessage()),
                    e);
        }
    }

    private byte[] encode(int id, T value) throws IOException {
        HeapEncoder encoder = ENCODERS.get();
        encoder.reset();
        encoder.writeByte(WireFormat.MAGIC);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            encoder.writeByte(id >>> shift);
        }
        writer(value.getSchema()).write(value, encoder);
        return encoder.toByteArray();
    }

    private RecordWriter writer(Schema schema) {
        RecordWriter known = writers.get(schema);
        return known != null ? known : writers.computeIfAbsent(schema, RecordWriter::of);
    }
}
