package io.yardmaster.app.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs scripts below a directory, with nothing in their environment but the variables of a test. */
record ScriptRun(Path directory) {

    record Ended(int exitCode, String output) {}

    Process start(String script, Map<String, String> environment) throws IOException {
        ProcessBuilder process = new ProcessBuilder(directory.resolve(script).toString()).redirectErrorStream(true);
        process.environment().clear();
        process.environment().put("PATH", directory.resolve("tools") + ":/usr/local/bin:/usr/bin:/bin");
        process.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        process.environment().put("SAID", said().toString());
        process.environment().put("TMPDIR", directory.toString());
        process.environment().putAll(environment);
        return process.start();
    }

    Ended end(String script, Map<String, String> environment) throws IOException, InterruptedException {
        Process process = start(script, environment);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    /** The arguments with which Java was started. */
    List<String> java(String script, Map<String, String> environment) throws IOException, InterruptedException {
        Files.deleteIfExists(said());
        Ended ended = end(script, environment);
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        return Files.readAllLines(said());
    }

    /** The jar of the Java that was started last. */
    Path awaitJar() throws IOException {
        await().until(() -> Files.exists(said()));
        return jar(Files.readAllLines(said()));
    }

    static Path jar(List<String> arguments) {
        return Path.of(arguments.get(arguments.indexOf("-jar") + 1));
    }

    /** The arguments with which Maven was started, each time. */
    List<String> builds() throws IOException {
        Path builds = Path.of(said() + ".mvn");
        return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
    }

    private Path said() {
        return directory.resolve("said");
    }
}
