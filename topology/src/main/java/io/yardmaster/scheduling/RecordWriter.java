package io.yardmaster.scheduling;

import java.util.Arrays;

/** Writes the compact records of the state: variable-length integers, small magnitudes in few bytes. */
final class RecordWriter {
    private byte[] buffer = new byte[256];
    private int length;

    RecordWriter reset() {
        length = 0;
        return this;
    }

    /** Any value; those near 0, of either sign, are short. */
    RecordWriter signed(long value) {
        return unsigned((value << 1) ^ (value >> 63));
    }

    /** Any value, read as unsigned; small ones are short. */
    RecordWriter unsigned(long value) {
        if (buffer.length - length < 10) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
        return this;
    }

    RecordWriter flag(boolean value) {
        return unsigned(value ? 1 : 0);
    }

    /** Text of which no character is above 0xFF: a byte for each. */
    RecordWriter text(String value) {
        unsigned(value.length());
        if (buffer.length - length < value.length()) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + value.length()));
        }
        for (int i = 0; i < value.length(); i++) {
            buffer[length++] = (byte) value.charAt(i);
        }
        return this;
    }

    RecordWriter bytes(byte[] value) {
        if (buffer.length - length < value.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + value.length));
        }
        System.arraycopy(value, 0, buffer, length, value.length);
        length += value.length;
        return this;
    }

    int length() {
        return length;
    }

    /** How many bytes {@link #unsigned} takes for this value. */
    static int sizeOf(long unsigned) {
        return (70 - Long.numberOfLeadingZeros(unsigned | 1)) / 7;
    }

    /** How many bytes {@link #signed} takes for this value. */
    static int sizeOfSigned(long value) {
        return sizeOf((value << 1) ^ (value >> 63));
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }
}
