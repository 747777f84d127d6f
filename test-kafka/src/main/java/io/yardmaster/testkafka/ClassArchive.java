package io.yardmaster.testkafka;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The classes of a test's processes in a file that a JVM maps instead of reading them from jars: {@code serve --embedded} then
 * starts with about half of the CPU time. The first test process of a module's build writes the file in the background;
 * processes that start before it is there do without.
 */
public final class ClassArchive {
    private static final long WRITING_SECONDS = 120;
    private static final Path DIRECTORY = Path.of("target", "class-archive");

    /** Another JVM may write it, too; see the lock. */
    private static final AtomicBoolean WRITES = new AtomicBoolean();

    private ClassArchive() {}

    /**
     * Returns options for a JVM, so that it uses the archive if there is one.
     *
     * @param classPath of the JVM; the archive has classes of the jars with which it begins
     * @param commandLine the main class of {@code serve --embedded}, which writes the archive
     */
    public static List<String> options(String classPath, Class<?> commandLine) {
        String jars = Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator), -1))
                .takeWhile(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
        Path archive = DIRECTORY.toAbsolutePath().resolve(Integer.toHexString(state(jars)) + ".jsa");
        if (Files.exists(archive)) {
            // A file that does not fit is worth no line: the process starts all the same.
            return List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:disable");
        }
        if (WRITES.compareAndSet(false, true)) {
            Thread writer = new Thread(() -> write(jars, archive, commandLine), "class-archive");
            writer.setDaemon(true);
            writer.start();
        }
        return List.of();
    }

    /** A JVM refuses an archive if a jar has changed since. */
    private static int state(String jars) {
        int state = 0;
        for (String name : jars.split(Pattern.quote(File.pathSeparator), -1)) {
            File jar = new File(name);
            state = 31 * state + List.of(jar, jar.lastModified(), jar.length()).hashCode();
        }
        return state;
    }

    private static void write(String jars, Path archive, Class<?> commandLine) {
        try {
            Files.createDirectories(DIRECTORY);
            try (FileChannel lock =
                    FileChannel.open(DIRECTORY.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (lock.tryLock() != null && !Files.exists(archive)) {
                    writeLocked(jars, archive, commandLine);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void writeLocked(String jars, Path archive, Class<?> commandLine)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(DIRECTORY, "writer").toAbsolutePath();
        Path written = directory.resolve("classes.jsa");
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ArchiveClassesAtExit=" + written,
                "-cp",
                jars,
                commandLine.getName()));
        command.addAll(List.of("serve", "--embedded", "--port", "0", "--set", "http.listen=127.0.0.1:0"));
        command.addAll(List.of("--data", directory.resolve("data").toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end of the class archive's writer"));
        long deadline = System.nanoTime() + Duration.ofSeconds(WRITING_SECONDS).toNanos();
        while (process.isAlive() && !Files.readString(output).contains("ready ") && System.nanoTime() - deadline < 0) {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        process.destroy();
        if (process.waitFor(WRITING_SECONDS, TimeUnit.SECONDS) && Files.exists(written)) {
            Files.move(written, archive, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
