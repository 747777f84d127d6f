package io.yardmaster.core.state;

import java.util.Arrays;

/** Reads what {@link StateWriter} wrote. */
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

    /** Whether there is something behind what was read. */
    public boolean hasMore() {
        return next < end;
    }

    /** What {@link StateWriter#text} wrote. */
    public String text() {
        char[] text = new char[count()];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) (bytes[next++] & 0xFF);
        }
        return new String(text);
    }

    /** All that was not read yet. */
    public byte[] rest() {
        return Arrays.copyOfRange(bytes, next, end);
    }

    public boolean flag() {
        return unsigned() != 0;
    }

    /** The section whose tag was read just now; what follows is read behind it. */
    public StateReader section() {
        int size = count();
        StateReader section = new StateReader(bytes, next, next + size);
        next += size;
        return section;
    }

    /** The next so many numbers, as if they were a section; what follows is read behind them. */
    public StateReader values(int count) {
        int from = next;
        for (int i = 0; i < count; i++) {
            unsigned();
        }
        return new StateReader(bytes, from, next);
    }

    /**
     * Reads the layout of a record, which is one from {@code oldest} to {@code newest}. One that this version does not know
     * must stop the scheduler, not be guessed at.
     */
    public int version(int oldest, int newest, String record) {
        int version = count();
        if (version < oldest || version > newest) {
            String writer = version > newest ? "; a newer version of Yardmaster wrote it" : "";
            throw new IllegalStateException(
                    "stored " + record + " has layout " + version + ", this version reads " + newest + writer);
        }
        return version;
    }
}
