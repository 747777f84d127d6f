package io.yardmaster.testkafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system of its own with little room, which can be filled up; needs the permission to mount one. */
public final class MountedDisk implements AutoCloseable {
    private static final long SECONDS = 30;
    private static final int PROBE_MEGABYTES = 1;
    private static final int BLOCK = 4096;

    private final Path directory;

    private MountedDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts one at a directory, which is made unless it is there. */
    public static MountedDisk mount(Path directory, int megabytes) throws IOException {
        Files.createDirectories(directory);
        if (!isMounted(directory, megabytes)) {
            throw new IOException("cannot mount a file system at " + directory);
        }
        return new MountedDisk(directory);
    }

    /** The same, but skips the test if this user may not mount any. */
    public static MountedDisk mountOrSkip(Path directory, int megabytes) throws IOException {
        Assumptions.assumeTrue(isPossible(directory), "a disk that can be full: this user may not mount a file system");
        return mount(directory, megabytes);
    }

    /** Returns whether this user may mount one below this directory. */
    public static boolean isPossible(Path parent) throws IOException {
        Path directory = Files.createDirectories(parent.resolve("disk-probe"));
        boolean mounted = isMounted(directory, PROBE_MEGABYTES);
        if (mounted) {
            new MountedDisk(directory).close();
        }
        Files.delete(directory);
        return mounted;
    }

    private static boolean isMounted(Path directory, int megabytes) {
        return run(List.of("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "none", directory.toString()));
    }

    /** The directory at which it is mounted. */
    public Path directory() {
        return directory;
    }

    /** Fills it until nothing fits any more; a process that works on it may make room again at once. */
    public void fill() throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream file =
                Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                file.write(block);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw full;
            }
        }
    }

    /** Takes back all that {@link #fill} has written. */
    public void makeRoom() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return directory.resolve("filler");
    }

    /** From now on nobody may write there, root included. */
    public void makeReadOnly() {
        if (!run(List.of("mount", "-o", "remount,ro", directory.toString()))) {
            throw new UncheckedIOException(new IOException("cannot be made read-only: " + directory));
        }
    }

    private static boolean run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A process may still have files open there: the last of them ends the file system. */
    @Override
    public void close() {
        if (!run(List.of("umount", "--lazy", directory.toString()))) {
            throw new UncheckedIOException(new IOException("cannot unmount " + directory));
        }
    }
}
