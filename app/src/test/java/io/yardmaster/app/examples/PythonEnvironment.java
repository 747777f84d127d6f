package io.yardmaster.app.examples;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A Python with the packages that an example requires. If there is none, the tests that ask for it are skipped. */
final class PythonEnvironment {
    private static final String SUPPORTED = "import sys; sys.exit(not (3, 9) <= sys.version_info[:2] <= (3, 13))";
    private static final Pattern NO_INDEX = Pattern.compile(
            "NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|ProxyError|Network is unreachable");

    private PythonEnvironment() {}

    /** Returns the interpreter of a new environment. */
    static Path create(Path directory, Path requirements) throws IOException, InterruptedException {
        Run version = run("python3", "-c", SUPPORTED);
        assumeTrue(version.exitCode == 0, "skipped: needs Python 3.9 to 3.13 as python3 " + version.output);
        Run venv = run("python3", "-m", "venv", directory.toString());
        assumeTrue(venv.exitCode == 0, "skipped: python3 -m venv does not work: " + venv.output);
        Path python = directory.resolve("bin/python");
        Run pip = run(
                python.toString(),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--only-binary=:all:",
                "--retries=1",
                "--timeout=20",
                "--requirement=" + requirements);
        if (pip.exitCode != 0) {
            if (NO_INDEX.matcher(pip.output).find()) {
                abort("skipped: pip cannot reach a package index: " + pip.output);
            }
            fail("pip install failed: %s", pip.output);
        }
        return python;
    }

    private record Run(int exitCode, String output) {}

    private static Run run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output);
        } catch (IOException e) {
            return new Run(-1, e.getMessage());
        }
    }
}
