package io.yardmaster.torture.nemesis;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A small file system of its own at a directory, which can be filled up. Needs root. */
final class SmallDisk implements AutoCloseable {
    private static final int PROBE_MEGABYTES = 1;

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** True if one can be made here. */
    static boolean isPossible(Path parent) {
        Path directory = parent.resolve("disk-probe");
        try {
            Files.createDirectories(directory);
            if (mount(directory, PROBE_MEGABYTES) != 0) {
                return false;
            }
            return run("umount", directory.toString()) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static SmallDisk at(Path directory, int megabytes) {
        try {
            Files.createDirectories(directory);
            if (mount(directory, megabytes) != 0) {
                throw new IllegalStateException("a small disk could be made before, and cannot now");
            }
            return new SmallDisk(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int mount(Path directory, int megabytes) throws IOException {
        return run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
    }

    /** Fills it until nothing fits any more; a process that works on it may make room again at once. */
    void fill() {
        byte[] block = new byte[4096];
        Path filler = directory.resolve("filler");
        try (OutputStream file = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                file.write(block);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw new UncheckedIOException(full);
            }
        }
    }

    private static int run(String... command) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (run("umount", "-l", directory.toString()) != 0) {
                throw new IllegalStateException(directory + " cannot be unmounted");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
