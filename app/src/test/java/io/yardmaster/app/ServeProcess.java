package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.testkafka.ClassArchive;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** {@code yardmaster serve} as users run it: a JVM of its own. Closing kills it if it still runs. */
public final class ServeProcess implements AutoCloseable {
    /** A process that lives for seconds gains nothing from the second compiler. */
    public static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path stdout;
    private final Path stderr;

    /** The addresses in the line that begins with {@code ready}. */
    public record Ready(String kafka, String registry, String http) {
        private static final Pattern LINE = Pattern.compile("ready kafka=(\\S+) registry=(\\S+) http=(\\S+)");

        /** Finds the line in the output of {@code serve}. */
        public static Ready parse(String output) {
            var line = LINE.matcher(output);
            assertThat(line.find()).as("has the line: %s", output).isTrue();
            return new Ready(line.group(1), line.group(2), line.group(3));
        }

        /** A command's arguments with this scheduler's broker and registry, which are last: a command may have commands of its own. */
        public String[] arguments(String command, String... more) {
            return Stream.of(
                            Stream.of(command),
                            Stream.of(more),
                            Stream.of(
                                    "--set=kafka.bootstrap.servers=" + kafka, "--set=schema.registry.url=" + registry))
                    .flatMap(part -> part)
                    .toArray(String[]::new);
        }
    }

    private ServeProcess(Process process, Path stdout, Path stderr) {
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** Starts {@code serve} with these arguments and returns at once; relative paths are those of {@code directory}. */
    public static ServeProcess start(Path directory, String... arguments) {
        return start(directory, List.of(), arguments);
    }

    /** The same, with options for the JVM. */
    public static ServeProcess start(Path directory, List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(quickStart());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath(), Yardmaster.class.getName(), "serve"));
        command.addAll(List.of(arguments));
        try {
            Path stdout = Files.createTempFile(directory, "serve", ".out");
            Path stderr = Files.createTempFile(directory, "serve", ".err");
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(stdout.toFile())
                    .redirectError(stderr.toFile())
                    .start();
            return new ServeProcess(process, stdout, stderr);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until events can be sent; fails with what the process wrote if it ends instead, and with a dump of its
     * threads if it does neither.
     */
    public Ready awaitReady() {
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !process.isAlive() || stdout().contains("ready "));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "not ready after " + PATIENCE + "; stderr: " + stderr() + "; threads: " + threads(), e);
        }
        assertThat(stdout()).as("stderr: %s", stderr()).contains("ready ");
        return Ready.parse(stdout());
    }

    /** Waits until the process has ended by itself, and returns its exit code. */
    public int awaitExit() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("ends; stderr: %s", stderr())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    public long pid() {
        return process.pid();
    }

    /** Sends SIGTERM, and returns the exit code. */
    public int stop() {
        process.destroy();
        return awaitExit();
    }

    /** Sends SIGKILL, and waits until the process is gone. */
    public void kill9() {
        process.destroyForcibly();
        awaitExit();
    }

    public String stdout() {
        return text(stdout);
    }

    public String stderr() {
        return text(stderr);
    }

    @Override
    public void close() {
        kill9();
    }

    /** Options for a JVM that lives for seconds; its class path is {@link #classPath}. */
    public static List<String> quickStart() {
        List<String> options = new ArrayList<>(List.of("-Xmx512m", "-XX:+UseSerialGC", FIRST_COMPILER_ONLY));
        options.addAll(ClassArchive.options(classPath(), Yardmaster.class));
        return options;
    }

    /** Without the tests' own classes and files, as their logging is set up otherwise. */
    public static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String program = Arrays.stream(all.split(Pattern.quote(File.pathSeparator), -1))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        return ClassArchive.classPath(program, List.of());
    }

    /** The stack of each thread of the process, as {@code jstack} prints it. */
    private String threads() {
        try {
            Path jstack = Path.of(System.getProperty("java.home"), "bin", "jstack");
            Process dump = new ProcessBuilder(jstack.toString(), Long.toString(pid()))
                    .redirectErrorStream(true)
                    .start();
            return new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
