package io.yardmaster.bench.peers;

import io.yardmaster.bench.BenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is ended, with the processes that it has started, when its time is over. */
final class BoundedProcess {
    private BoundedProcess() {}

    /**
     * The end of a program.
     *
     * @param lastOutput the last line of its standard output that is not blank; empty if there is none
     * @param lastError likewise of its standard error
     */
    record Ended(int exitCode, String lastOutput, String lastError) {}

    /**
     * Runs a program to its end. Its standard input ends when this process does.
     *
     * @param directory its working directory, which gets its outputs in the files {@code stdout} and {@code stderr}
     * @throws IOException if it cannot be started
     * @throws BenchException if it has not ended within the limit
     */
    static Ended run(List<String> command, Path directory, Duration limit) throws IOException {
        Path output = directory.resolve("stdout");
        Path errors = directory.resolve("stderr");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new BenchException(
                        "%s did not end within %s s".formatted(String.join(" ", command), limit.toSeconds()));
            }
            return new Ended(process.exitValue(), lastLine(output), lastLine(errors));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while " + command.get(0) + " ran", e);
        } finally {
            end(process);
        }
    }

    private static void end(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private static String lastLine(Path file) throws IOException {
        // A progress bar need not be valid UTF-8.
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .reduce("", (before, line) -> line.strip());
    }
}
