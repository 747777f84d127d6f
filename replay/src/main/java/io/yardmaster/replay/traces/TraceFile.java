package io.yardmaster.replay.traces;

import io.yardmaster.replay.InvalidDayException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens files of recorded days, and reports in one line why one cannot be read. */
public final class TraceFile {
    private static final int BUFFER = 1 << 16;
    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;

    private TraceFile() {}

    /** The content of a file, unpacked if it is compressed by gzip; supports marks. */
    public static InputStream open(Path file) {
        if (Files.isDirectory(file)) {
            throw new InvalidDayException(file + ": is a directory");
        }
        try {
            return unpacked(Files.newInputStream(file));
        } catch (IOException e) {
            throw unreadable(file, 1, e);
        }
    }

    private static InputStream unpacked(InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
        try {
            in.mark(2);
            boolean packed = in.read() == MAGIC_1 && in.read() == MAGIC_2;
            in.reset();
            return packed ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** A mistake in a line. */
    static InvalidDayException mistake(Path file, long line, String what) {
        return new InvalidDayException("%s:%s: %s".formatted(file, line, what));
    }

    /** The reason for which a file could not be read further than to this line. */
    static InvalidDayException unreadable(Path file, long line, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new InvalidDayException(file + ": no such file");
        }
        if (cause instanceof AccessDeniedException) {
            return new InvalidDayException(file + ": permission denied");
        }
        if (cause instanceof EOFException) {
            return mistake(file, line, "the file is truncated: its compressed data end here");
        }
        if (cause instanceof ZipException) {
            return mistake(file, line, "the compressed data are damaged here: " + cause.getMessage());
        }
        return mistake(file, line, "cannot be read: " + cause.getMessage());
    }
}
