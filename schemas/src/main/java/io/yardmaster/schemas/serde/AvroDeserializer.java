package io.yardmaster.schemas.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
    private static final HexFormat HEX = HexFormat.of();

    private final RecordReaders readers;

    AvroDeserializer(RecordReaders readers) {
        this.readers = readers;
    }

    @Override
    public T deserialize(String topic, byte[] bytes) {
        return bytes == null ? null : read(topic, bytes, 0, bytes.length);
    }

    @Override
    public T deserialize(String topic, Headers headers, ByteBuffer bytes) {
        return bytes == null || !bytes.hasArray()
                ? Deserializer.super.deserialize(topic, headers, bytes)
                : read(topic, bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    @SuppressWarnings("unchecked") // the class of the writer's schema, or the configured one
    private T read(String topic, byte[] bytes, int offset, int length) {
        if (length < WireFormat.HEADER_LENGTH) {
            throw new UnreadableRecordException(
                    "topic %s: a record of %s bytes is too short to hold a schema id".formatted(topic, length));
        }
        if (bytes[offset] != WireFormat.MAGIC) {
            throw new UnreadableRecordException("topic %s: a record starts with byte 0x%s instead of 0x%s"
                    .formatted(topic, HEX.toHexDigits(bytes[offset]), HEX.toHexDigits(WireFormat.MAGIC)));
        }
        int id = ByteBuffer.wrap(bytes, offset + 1, Integer.BYTES).getInt();
        RecordReader reader = readers.of(topic, id);
        try {
            return (T) reader.read(bytes, offset + WireFormat.HEADER_LENGTH, length - WireFormat.HEADER_LENGTH);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw UnreadableRecordException.because(
                    "topic %s: a record of %s bytes with schema id %s of registry %s cannot be read"
                            .formatted(topic, length, id, readers),
                    e);
        }
    }
}
