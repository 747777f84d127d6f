package io.yardmaster.compose;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs programs of the machine. */
final class ShellCommand {
    private ShellCommand() {}

    /** Returns the output of a program, which must end with 0. Its errors go to the test's own standard error. */
    static String run(Map<String, String> environment, List<String> command) {
        Result result = run(environment, command, Redirect.INHERIT);
        if (result.exitCode() != 0) {
            throw new IllegalStateException(
                    "%s: exit code %d%n%s".formatted(String.join(" ", command), result.exitCode(), result.output()));
        }
        return result.output();
    }

    static boolean succeeds(List<String> command) {
        return run(Map.of(), command, Redirect.DISCARD).exitCode() == 0;
    }

    private static Result run(Map<String, String> environment, List<String> command, Redirect errors) {
        ProcessBuilder described = new ProcessBuilder(command).redirectError(errors);
        described.environment().putAll(environment);
        try {
            Process process = described.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            return new Result(-1, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(-1, "interrupted");
        }
    }

    private record Result(int exitCode, String output) {}
}
