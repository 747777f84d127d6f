package io.yardmaster.scheduling;

import java.util.Arrays;

/** Reads what {@link RecordWriter} wrote. */
final class RecordReader {
    private final byte[] bytes;
    private int next;

    RecordReader(byte[] bytes) {
        this.bytes = bytes;
    }

    long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = bytes[next++];
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    int count() {
        return Math.toIntExact(unsigned());
    }

    /** Whether there is something behind what was read, which is what only newer versions know of. */
    boolean hasMore() {
        return next < bytes.length;
    }

    /** What {@link RecordWriter#text} wrote. */
    String text() {
        char[] text = new char[count()];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) (bytes[next++] & 0xFF);
        }
        return new String(text);
    }

    /** All that was not read yet. */
    byte[] rest() {
        return Arrays.copyOfRange(bytes, next, bytes.length);
    }

    boolean flag() {
        return unsigned() != 0;
    }

    /**
     * Reads the layout of a record, which is one from {@code oldest} to {@code newest}. One that this version does not know
     * must stop the scheduler, not be guessed at.
     */
    int version(int oldest, int newest, String record) {
        int version = count();
        if (version < oldest || version > newest) {
            String writer = version > newest ? "; a newer version of Yardmaster wrote it" : "";
            throw new IllegalStateException(
                    "stored " + record + " has layout " + version + ", this version reads " + newest + writer);
        }
        return version;
    }
}
