package io.yardmaster.schemas.serde;

import io.yardmaster.schemas.Payload;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.InvalidNumberEncodingException;

/**
 * Reads the part of Avro's binary encoding that the contract's own schemas use, from an array. Avro's decoder must be set up for
 * each record, and checks at each number whether to refill its buffer, which costs much on records as small as ours.
 */
final class HeapInput {
    private static final int LAST_SHIFT_OF_INT = 28;
    private static final int LAST_SHIFT_OF_LONG = 63;

    private final byte[] bytes;
    private final int end;
    private int position;

    HeapInput(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    boolean readBoolean() throws IOException {
        return readByte() == 1;
    }

    int readInt() throws IOException {
        int value = (int) readVarint(LAST_SHIFT_OF_INT);
        return (value >>> 1) ^ -(value & 1);
    }

    long readLong() throws IOException {
        long value = readVarint(LAST_SHIFT_OF_LONG);
        return (value >>> 1) ^ -(value & 1);
    }

    private long readVarint(int lastShift) throws IOException {
        int next = readByte();
        long value = next & 0x7f;
        for (int shift = 7; next < 0; shift += 7) {
            if (shift > lastShift) {
                throw new InvalidNumberEncodingException("a number is longer than its type");
            }
            next = readByte();
            value |= (next & 0x7fL) << shift;
        }
        return value;
    }

    /** Reads the declared number of items in the next block of an array; 0 at its end. The record may hold fewer. */
    long readBlock() throws IOException {
        long items = readLong();
        if (items >= 0) {
            return items;
        }
        // The size of the block in bytes follows, for readers that skip it.
        readLong();
        if (items == Long.MIN_VALUE) {
            throw new AvroRuntimeException("an array has a block of impossible length");
        }
        return -items;
    }

    /** Reads bytes with their length, into an array of their own. */
    ByteBuffer readBytes() throws IOException {
        int length = readLength();
        return length == 0 ? Payload.NONE : ByteBuffer.wrap(Arrays.copyOfRange(bytes, position - length, position));
    }

    String readString() throws IOException {
        int length = readLength();
        return length == 0 ? "" : new String(bytes, position - length, length, StandardCharsets.UTF_8);
    }

    /** Passes the bytes that follow the length. */
    private int readLength() throws IOException {
        long length = readLong();
        if (length < 0) {
            throw new AvroRuntimeException("bytes of impossible length");
        }
        if (length > end - position) {
            throw new EOFException("the record ends too early");
        }
        position += (int) length;
        return (int) length;
    }

    private byte readByte() throws EOFException {
        if (position == end) {
            throw new EOFException("the record ends too early");
        }
        return bytes[position++];
    }

    /** Throws if bytes are left over. */
    void expectEnd() {
        if (position < end) {
            throw new AvroRuntimeException("bytes are left over");
        }
    }
}
