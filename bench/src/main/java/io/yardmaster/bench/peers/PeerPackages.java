package io.yardmaster.bench.peers;

import io.yardmaster.bench.BenchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A Python with those of the pinned packages that can be had. */
final class PeerPackages {
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(5);

    private final Path python;
    private final Map<PeerLibrary, String> versions = new EnumMap<>(PeerLibrary.class);

    private PeerPackages(Path python) {
        this.python = python;
    }

    /**
     * Makes a virtual environment, or uses the one that is there, and installs the packages into it.
     *
     * @param command the interpreter that makes it
     * @param environment its directory
     * @param work an existing directory, for the outputs of pip
     * @param skipped gets a line for each library that cannot be had, with the reason
     */
    static PeerPackages install(String command, Path environment, Path work, Consumer<String> skipped) {
        PeerPackages packages = new PeerPackages(environment.resolve("bin/python"));
        String failure = Files.isExecutable(packages.python)
                ? ""
                : failure(List.of(command, "-m", "venv", environment.toString()), work);
        for (PeerLibrary library : PeerLibrary.values()) {
            String version = pinned(library);
            String why = failure.isEmpty() ? packages.pip(library, version, work) : failure;
            if (why.isEmpty()) {
                packages.versions.put(library, version);
            } else {
                skipped.accept(library.label() + " is skipped: " + why);
            }
        }
        return packages;
    }

    private String pip(PeerLibrary library, String version, Path work) {
        return failure(
                List.of(
                        python.toString(),
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--disable-pip-version-check",
                        "--only-binary=:all:",
                        "--retries=1",
                        "--timeout=20",
                        library.distribution() + "==" + version),
                work);
    }

    /** Runs a program, and returns an empty text or, if it failed, one line that says how. */
    private static String failure(List<String> command, Path work) {
        String line = String.join(" ", command);
        try {
            BoundedProcess.Ended ended = BoundedProcess.run(command, work, INSTALL_LIMIT);
            String reason = ended.lastError().isEmpty() ? ended.lastOutput() : ended.lastError();
            return ended.exitCode() == 0 ? "" : "%s: exit code %s: %s".formatted(line, ended.exitCode(), reason);
        } catch (IOException | BenchException e) {
            return line + ": " + e.getMessage();
        }
    }

    /** The version in {@code requirements.txt}. */
    static String pinned(PeerLibrary library) {
        String start = library.distribution() + "==";
        return resource("requirements.txt")
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("requirements.txt has no " + start));
    }

    static String resource(String name) {
        try (InputStream file = PeerPackages.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BenchException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The interpreter in the environment. */
    Path python() {
        return python;
    }

    /** The libraries that are there, in order. */
    Set<PeerLibrary> libraries() {
        return versions.keySet();
    }

    boolean has(PeerLibrary library) {
        return versions.containsKey(library);
    }
}
