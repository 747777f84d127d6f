package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.app.ServeProcess;
import io.yardmaster.app.Yardmaster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that ends when it is told to. */
public final class CommandProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path output;

    private CommandProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** A command of ours in a JVM of its own, whose temporary files are in a directory of the test. */
    public static CommandProcess start(Path temporaryFiles, Path output, String... arguments) throws IOException {
        return start(described(temporaryFiles, arguments), output);
    }

    /** The same in a working directory. */
    public static CommandProcess startIn(Path directory, Path temporaryFiles, Path output, String... arguments)
            throws IOException {
        return start(described(temporaryFiles, arguments).directory(directory.toFile()), output);
    }

    private static ProcessBuilder described(Path temporaryFiles, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ServeProcess.quickStart());
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + temporaryFiles, "-cp", ServeProcess.classPath(), Yardmaster.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** Lets a start script, or one that calls it, start a Java that lives for seconds. */
    public static ProcessBuilder quickStart(ProcessBuilder shell) {
        shell.environment().put("YARDMASTER_JAVA_OPTS", ServeProcess.FIRST_COMPILER_ONLY);
        return shell;
    }

    /** Starts any program, with its output in a file. */
    public static CommandProcess start(ProcessBuilder described, Path output) throws IOException {
        return new CommandProcess(
                described
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    public void awaitOutput(String text) {
        awaitOutput(text, PATIENCE);
    }

    /** The same for one that has more to do until then. */
    public void awaitOutput(String text, Duration patience) {
        await().atMost(patience)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !process.isAlive() || output().contains(text));
        assertThat(output()).contains(text);
    }

    /** Sends SIGTERM, and returns the exit code. */
    public int stop() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    /** Waits until the process has ended by itself, and returns the exit code. */
    public int awaitExit() throws InterruptedException {
        return awaitExit(PATIENCE);
    }

    /** The same for one that has more to do until then. */
    public int awaitExit(Duration patience) throws InterruptedException {
        assertThat(process.waitFor(patience.toSeconds(), TimeUnit.SECONDS))
                .as("ends; output: %s", output())
                .isTrue();
        return process.exitValue();
    }

    /** Sends SIGTERM to a program that it has started, and returns the exit code with which it then ends itself. */
    public int stopAfter(String program) throws InterruptedException {
        process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith(program))
                .forEach(ProcessHandle::destroy);
        return awaitExit();
    }

    /** Sends a signal by its name, such as STOP. */
    public void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("/bin/kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Sends SIGKILL, and waits until it is gone. */
    public void kill9() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
