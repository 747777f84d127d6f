package io.yardmaster.scheduling;

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

    boolean flag() {
        return unsigned() != 0;
    }

    /** A record of a layout that this version does not know must stop the scheduler, not be guessed at. */
    void expectVersion(int known, String record) {
        int version = count();
        if (version != known) {
            String writer = version > known ? "; a newer version of Yardmaster wrote it" : "";
            throw new IllegalStateException(
                    "stored " + record + " has layout " + version + ", this version reads " + known + writer);
        }
    }
}
