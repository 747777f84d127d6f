package io.yardmaster.replay.recording;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads lines of limited length, of which each must end in a line break. */
final class BoundedLines {
    private static final int LONGEST = 64 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int end;
    private byte[] line = new byte[1 << 10];
    private int length;

    BoundedLines(InputStream in) {
        this.in = in;
    }

    /** Goes on to the next line; false at the end, where half a line counts as none. */
    boolean next() throws IOException {
        length = 0;
        while (length < LONGEST) {
            int stop = position;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            append(stop - position);
            if (stop < end) {
                position = stop + 1;
                return true;
            }
            position = 0;
            end = Math.max(0, in.read(buffer));
            if (end == 0) {
                return false;
            }
        }
        throw new IOException("a line is longer than " + LONGEST + " bytes");
    }

    private void append(int bytes) {
        if (line.length - length < bytes) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + bytes));
        }
        System.arraycopy(buffer, position, line, length, bytes);
        length += bytes;
    }

    /** The bytes of the line, from the first one up to {@link #length}; valid until the next one. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    /** Returns whether the line begins with these bytes. */
    boolean startsWith(byte[] beginning) {
        return length >= beginning.length && Arrays.equals(line, 0, beginning.length, beginning, 0, beginning.length);
    }
}
