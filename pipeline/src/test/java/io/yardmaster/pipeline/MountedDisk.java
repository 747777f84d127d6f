package io.yardmaster.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system of its own with little room; tests that may not mount one are skipped. */
final class MountedDisk implements AutoCloseable {
    private static final long SECONDS = 30;

    private final Path directory;

    private MountedDisk(Path directory) {
        this.directory = directory;
    }

    static MountedDisk mount(Path directory, int megabytes) throws IOException {
        Files.createDirectories(directory);
        boolean mounted =
                run(List.of("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "none", directory.toString()));
        Assumptions.assumeTrue(mounted, "a disk that can be full: this user may not mount a file system");
        return new MountedDisk(directory);
    }

    Path directory() {
        return directory;
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

    /** A server may still have files open there: the last of them ends the file system. */
    @Override
    public void close() {
        if (!run(List.of("umount", "--lazy", directory.toString()))) {
            throw new UncheckedIOException(new IOException("cannot unmount " + directory));
        }
    }
}
