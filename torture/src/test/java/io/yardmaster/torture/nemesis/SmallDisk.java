package io.yardmaster.torture.nemesis;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own at a directory, small and full. Needs root. */
final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "size=1m";

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Whether one can be made here. */
    static boolean isPossible(Path parent) {
        Path directory = parent.resolve("disk-probe");
        try {
            Files.createDirectories(directory);
            if (run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", directory.toString()) != 0) {
                return false;
            }
            return run("umount", directory.toString()) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static SmallDisk full(Path directory) {
        try {
            Files.createDirectories(directory);
            if (run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", directory.toString()) != 0) {
                throw new IllegalStateException("a small disk could be made before, and cannot now");
            }
            SmallDisk disk = new SmallDisk(directory);
            disk.fill();
            return disk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill() {
        byte[] block = new byte[4096];
        try (OutputStream file = Files.newOutputStream(directory.resolve("filler"))) {
            while (true) {
                file.write(block);
            }
        } catch (IOException full) {
            if (directory.toFile().getUsableSpace() >= block.length) {
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
