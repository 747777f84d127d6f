package io.yardmaster.core.state;

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

    /** Any value; those near 0, of either sign, are short. */
    public StateWriter signed(long value) {
        return unsigned((value << 1) ^ (value >> 63));
    }

    /** Any value, read as unsigned; small ones are short. */
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

    /** Text of which no character is above 0xFF: a byte for each. */
    public StateWriter text(String value) {
        unsigned(value.length());
        makeRoom(value.length());
        for (int i = 0; i < value.length(); i++) {
            buffer[length++] = (byte) value.charAt(i);
        }
        return this;
    }

    public StateWriter bytes(byte[] value) {
        makeRoom(value.length);
        System.arraycopy(value, 0, buffer, length, value.length);
        length += value.length;
        return this;
    }

    /**
     * What is written from here on is a section, up to {@link #end}; there is none within another.
     *
     * @return what {@link #end} is to be told
     */
    public int begin(int tag) {
        unsigned(tag);
        makeRoom(1);
        return length++;
    }

    /** Writes the section's length where one byte was left for it; a section that needs more for it moves behind it. */
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

    /** How many bytes {@link #unsigned} takes for this value. */
    public static int sizeOf(long unsigned) {
        return (70 - Long.numberOfLeadingZeros(unsigned | 1)) / 7;
    }

    /** How many bytes {@link #signed} takes for this value. */
    public static int sizeOfSigned(long value) {
        return sizeOf((value << 1) ^ (value >> 63));
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }
}
