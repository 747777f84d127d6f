package io.yardmaster.replay.traces;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The lines of a file, with their numbers. */
final class TraceLines implements AutoCloseable {
    private static final int LONGEST = 1 << 20;

    private final Path file;
    private final InputStream in;
    private byte[] line = new byte[256];
    private long number;

    TraceLines(Path file) {
        this.file = file;
        this.in = TraceFile.open(file);
    }

    /** The number of the line that was read last, from 1 on. */
    long number() {
        return number;
    }

    /** The next line without its end; null behind the last one. */
    String next() {
        number++;
        int length = 0;
        try {
            for (int read = in.read(); read != '\n'; read = in.read()) {
                if (read < 0) {
                    return length == 0 ? null : text(length);
                }
                if (length == LONGEST) {
                    throw TraceFile.mistake(file, number, "the line is longer than %s bytes".formatted(LONGEST));
                }
                if (length == line.length) {
                    line = Arrays.copyOf(line, 2 * length);
                }
                line[length++] = (byte) read;
            }
        } catch (IOException e) {
            throw TraceFile.unreadable(file, number, e);
        }
        return text(length);
    }

    private String text(int length) {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw TraceFile.unreadable(file, number, e);
        }
    }
}
