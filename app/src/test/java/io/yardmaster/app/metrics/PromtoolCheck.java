package io.yardmaster.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Prometheus' own tool, if it is installed. */
final class PromtoolCheck {
    private static final String NOT_INSTALLED = "promtool is not installed (Debian: apt-get install prometheus)";

    private PromtoolCheck() {}

    static boolean isInstalled() {
        try {
            return run("", Path.of("."), "--version").isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    static void assumeInstalled() {
        Assumptions.assumeTrue(isInstalled(), NOT_INSTALLED);
    }

    /** Checks that Prometheus accepts this scrape; prints a line if the tool is not installed. */
    static void accepts(String scrape) throws IOException {
        if (!isInstalled()) {
            System.out.println("skipped: promtool check metrics: " + NOT_INSTALLED);
        } else {
            assertThat(run(scrape, Path.of("."), "check", "metrics").orElseThrow())
                    .isEmpty();
        }
    }

    /** The tool's output; empty if it fails, which is printed. */
    static Optional<String> run(String stdin, Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(stdin.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return Optional.of(said);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        System.err.println(command + ": " + said);
        return Optional.empty();
    }
}
