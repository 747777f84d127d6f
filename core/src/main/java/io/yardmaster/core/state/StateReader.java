package io.yardmaster.core.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads records that a {@link StateWriter} wrote. */
public final class StateReader {
    private final byte[] bytes;
    private final int end;
    private int next;

    public StateReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private StateReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.next = from;
        this.end = end;
    }

    public long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    public long unsigned() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = bytes[next++];
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    public int count() {
        return Math.toIntExact(unsigned());
    }

    /** Returns whether the record, or the section, has more bytes. */
    public boolean hasMore() {
        return next < end;
    }

    /** Reads a text that {@link StateWriter#text} wrote. */
    public String text() {
        char[] text = new char[count()];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) (bytes[next++] & 0xFF);
        }
        return new String(text);
    }

    /** Reads a text that {@link StateWriter#utf8} wrote. */
    public String utf8() {
        int length = count();
        next += length;
        return new String(bytes, next - length, length, StandardCharsets.UTF_8);
    }

    public byte[] bytes(int length) {
        next += length;
        return Arrays.copyOfRange(bytes, next - length, next);
    }

    /** The bytes that were not read yet. */
    public byte[] rest() {
        return Arrays.copyOfRange(bytes, next, end);
    }

    public boolean flag() {
        return unsigned() != 0;
    }

    /** A reader of the section whose tag was just read. This reader goes on behind the section. */
    public StateReader section() {
        int size = count();
        StateReader section = new StateReader(bytes, next, next + size);
        next += size;
        return section;
    }

    /** A reader of the next {@code count} numbers, as if they were a section. This reader goes on behind them. */
    public StateReader values(int count) {
        int from = next;
        for (int i = 0; i < count; i++) {
            unsigned();
        }
        return new StateReader(bytes, from, next);
    }

    /**
     * Reads the layout of a record.
     *
     * @throws IllegalStateException if it is not one from {@code oldest} to {@code newest}; this stops the scheduler
     */
    public int layout(int oldest, int newest, String record) {
        int layout = count();
        if (layout < oldest || layout > newest) {
            String hint = layout > newest ? "; a newer version of Yardmaster wrote it" : "";
            throw new IllegalStateException(
                    "stored " + record + " has layout " + layout + ", this version reads " + newest + hint);
        }
        return layout;
    }
}
