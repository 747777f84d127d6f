package io.yardmaster.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs programs of the machine. */
final class Command {
    private Command() {}

    /** Both outputs of a program that has to end with 0. */
    static String run(Map<String, String> environment, List<String> command) {
        Result result = tryRun(environment, command);
        if (result.exitCode() != 0) {
            throw new IllegalStateException(
                    "%s: exit code %d%n%s".formatted(String.join(" ", command), result.exitCode(), result.output()));
        }
        return result.output();
    }

    static Result tryRun(Map<String, String> environment, List<String> command) {
        ProcessBuilder described = new ProcessBuilder(command).redirectErrorStream(true);
        described.environment().putAll(environment);
        try {
            Process process = described.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            return new Result(-1, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    record Result(int exitCode, String output) {}
}
