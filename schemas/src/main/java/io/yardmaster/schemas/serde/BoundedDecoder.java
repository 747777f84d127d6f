package io.yardmaster.schemas.serde;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * A decoder of one record that refuses blocks with more items than the record has bytes left, so that no declared number takes much
 * memory. Avro itself takes the reader's schema for the size of an item, and so refuses records of an older writer whose items have
 * fewer fields; without {@link #remainingBytes} it leaves the check to this class.
 */
final class BoundedDecoder extends Decoder {
    private final BinaryDecoder in;

    BoundedDecoder(BinaryDecoder in) {
        this.in = in;
    }

    private long checked(long items) throws EOFException {
        int left = in.remainingBytes();
        if (items > left) {
            throw new EOFException("a block of %s items in %s bytes".formatted(items, left));
        }
        return items;
    }

    @Override
    public long readArrayStart() throws IOException {
        return checked(in.readArrayStart());
    }

    @Override
    public long arrayNext() throws IOException {
        return checked(in.arrayNext());
    }

    @Override
    public long readMapStart() throws IOException {
        return checked(in.readMapStart());
    }

    @Override
    public long mapNext() throws IOException {
        return checked(in.mapNext());
    }

    /** Not known. */
    @Override
    public int remainingBytes() {
        return -1;
    }

    @Override
    public void readNull() throws IOException {
        in.readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        return in.readBoolean();
    }

    @Override
    public int readInt() throws IOException {
        return in.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return in.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return in.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return in.readDouble();
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return in.readString(old);
    }

    @Override
    public String readString() throws IOException {
        return in.readString();
    }

    @Override
    public void skipString() throws IOException {
        in.skipString();
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        return in.readBytes(old);
    }

    @Override
    public void skipBytes() throws IOException {
        in.skipBytes();
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        in.readFixed(bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        in.skipFixed(length);
    }

    @Override
    public int readEnum() throws IOException {
        return in.readEnum();
    }

    @Override
    public long skipArray() throws IOException {
        return in.skipArray();
    }

    @Override
    public long skipMap() throws IOException {
        return in.skipMap();
    }

    @Override
    public int readIndex() throws IOException {
        return in.readIndex();
    }
}
