package io.yardmaster.app.work;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One output of a command in a file, with a limit: of a longer one the file has the beginning, a line that says how much is left out,
 * and the end. All of it is read, so that no command waits for a reader, also when nothing can be written any more.
 */
final class KeptOutput implements AutoCloseable {
    /** The bytes of the end that are kept beside the beginning. */
    static final int TAIL = 8192;

    private static final int CHUNK = 8192;

    private final OutputStream file;
    private final long limit;
    private final OutputTail tail = new OutputTail(TAIL);
    private Optional<Thread> reader = Optional.empty();
    private long total;
    private boolean closed;
    private IOException failure;

    KeptOutput(OutputStream file, long limit) {
        this.file = file;
        this.limit = limit;
    }

    static KeptOutput create(Path file, long limit) throws IOException {
        Files.deleteIfExists(file);
        return new KeptOutput(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), limit);
    }

    /** Reads to the end in a thread of its own. */
    void read(InputStream output) {
        Thread thread = new Thread(() -> copy(output), "output");
        thread.setDaemon(true);
        reader = Optional.of(thread);
        thread.start();
    }

    /** Returns when all is read, at this time of {@link System#nanoTime} at the latest. */
    void awaitEnd(long until) throws InterruptedException {
        if (reader.isPresent()) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            reader.get().join(Math.max(1, left));
        }
    }

    synchronized String lastLine() {
        return tail.lastLine();
    }

    /** The first error that kept a part of the output out of the file. */
    synchronized Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Ends the file. Output that comes later is not kept: only a process that has left its group can still write any. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            if (failure == null && total > limit) {
                byte[] end = tail.last(total - limit);
                long leftOut = total - limit - end.length;
                if (leftOut > 0) {
                    file.write("\n[yardmaster: %s bytes are left out here]\n"
                            .formatted(leftOut)
                            .getBytes(StandardCharsets.UTF_8));
                }
                file.write(end);
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void copy(InputStream output) {
        byte[] chunk = new byte[CHUNK];
        try (output) {
            int read = output.read(chunk);
            while (read >= 0 && add(chunk, read)) {
                read = output.read(chunk);
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Returns whether more is wanted. */
    private synchronized boolean add(byte[] chunk, int length) {
        if (closed) {
            return false;
        }
        int kept = (int) Math.min(length, Math.max(0, limit - total));
        total += length;
        tail.add(chunk, 0, length);
        if (failure == null && kept > 0) {
            try {
                file.write(chunk, 0, kept);
            } catch (IOException e) {
                failed(e);
            }
        }
        return true;
    }

    private synchronized void failed(IOException e) {
        if (failure == null && !closed) {
            failure = e;
        }
    }
}
