package io.yardmaster.core.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the compact records of the state: variable-length integers, small magnitudes in few bytes, in sections that
 * {@link StateReader} tells apart by their tags.
 */
public final class StateWriter {
    private byte[] buffer = new byte[256];
    private int length;

    public StateWriter reset() {
        length = 0;
        return this;
    }

    /** Takes back all but the first bytes. */
    public void cut(int bytes) {
        length = bytes;
    }

    /** Writes any value; a value near 0, of either sign, takes few bytes. */
    public StateWriter signed(long value) {
        return unsigned((value << 1) ^ (value >> 63));
    }

    /** Writes any value, taken as unsigned; a small one takes few bytes. */
    public StateWriter unsigned(long value) {
        makeRoom(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
        return this;
    }

    public StateWriter flag(boolean value) {
        return unsigned(value ? 1 : 0);
    }

    /** Writes a text of which no character is above 0xFF, in one byte per character. */
    public StateWriter text(String value) {
        unsigned(value.length());
        makeRoom(value.length());
        for (int i = 0; i < value.length(); i++) {
            buffer[length++] = (byte) value.charAt(i);
        }
        return this;
    }

    /** Writes any text. */
    public StateWriter utf8(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        return unsigned(encoded.length).bytes(encoded);
    }

    public StateWriter bytes(byte[] value) {
        makeRoom(value.length);
        System.arraycopy(value, 0, buffer, length, value.length);
        length += value.length;
        return this;
    }

    /**
     * Begins a section, which lasts until {@link #end}. A section must not contain another.
     *
     * @return the argument of {@link #end}
     */
    public int begin(int tag) {
        unsigned(tag);
        makeRoom(1);
        return length++;
    }

    /** Writes the section's length into the byte left for it; if the length needs more bytes, moves the section behind them. */
    public void end(int begun) {
        int body = begun + 1;
        int size = length - body;
        int more = sizeOf(size) - 1;
        if (more > 0) {
            makeRoom(more);
            System.arraycopy(buffer, body, buffer, body + more, size);
        }
        length = begun;
        unsigned(size);
        length += size;
    }

    private void makeRoom(int bytes) {
        if (buffer.length - length < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
        }
    }

    public int length() {
        return length;
    }

    /** The number of bytes that {@link #unsigned} takes for this value. */
    public static int sizeOf(long unsigned) {
        return (70 - Long.numberOfLeadingZeros(unsigned | 1)) / 7;
    }

    /** The number of bytes that {@link #signed} takes for this value. */
    public static int sizeOfSigned(long value) {
        return sizeOf((value << 1) ^ (value >> 63));
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }
}
