package io.yardmaster.app.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one run of a command: {@code NAME.out} and {@code NAME.err} have its output, {@code NAME.exit} its exit code
 * once it has ended by itself.
 */
final class OutputFiles implements AutoCloseable {
    /** Time for output that a command has written before it ended. */
    private static final Duration REST = Duration.ofSeconds(2);

    private final KeptOutput out;
    private final KeptOutput err;
    private final Path exit;

    private OutputFiles(KeptOutput out, KeptOutput err, Path exit) {
        this.out = out;
        this.err = err;
        this.exit = exit;
    }

    static OutputFiles create(Path directory, String name, int limit) throws IOException {
        Path exit = directory.resolve(name + ".exit");
        Files.deleteIfExists(exit);
        KeptOutput out = KeptOutput.create(directory.resolve(name + ".out"), limit);
        try {
            return new OutputFiles(out, KeptOutput.create(directory.resolve(name + ".err"), limit), exit);
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    /** Keeps the output of this process from now on. */
    void keep(Process process) {
        out.read(process.getInputStream());
        err.read(process.getErrorStream());
    }

    /** Waits until everything that the command has written is kept. */
    void awaitRest() throws InterruptedException {
        long until = System.nanoTime() + REST.toNanos();
        out.awaitEnd(until);
        err.awaitEnd(until);
    }

    /** Ends the files of a command that has ended by itself; returns the first reason for which something is not in them. */
    Optional<IOException> conclude(int exitCode) {
        close();
        Optional<IOException> lost =
                Stream.of(out, err).flatMap(kept -> kept.failure().stream()).findFirst();
        try {
            Files.writeString(exit, exitCode + "\n");
            return lost;
        } catch (IOException e) {
            return lost.or(() -> Optional.of(e));
        }
    }

    /** The last line that the command has written to stderr, or an empty one. */
    String lastError() {
        return err.lastLine();
    }

    @Override
    public void close() {
        out.close();
        err.close();
    }
}
