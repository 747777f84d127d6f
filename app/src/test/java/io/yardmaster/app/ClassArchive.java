package io.yardmaster.app;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * The command line's classes in a file that a JVM maps instead of reading them from jars: {@code serve --embedded} then starts
 * with about half of the CPU time. The first test process of a build writes the file in the background; processes that start
 * before it is there do without.
 */
final class ClassArchive {
    private static final long DUMP_SECONDS = 120;
    private static final Path DIRECTORY = Path.of("target", "class-archive");

    /** Another JVM may write it, too; see the lock. */
    private static final AtomicBoolean WRITES = new AtomicBoolean();

    private ClassArchive() {}

    /** Options for a JVM with this class path. */
    static List<String> options(String classPath) {
        if (Arrays.stream(jars(classPath)).anyMatch(File::isDirectory)) {
            return List.of(); // The JVM archives classes of jars only.
        }
        Path archive = DIRECTORY.toAbsolutePath().resolve(Integer.toHexString(state(classPath)) + ".jsa");
        if (Files.exists(archive)) {
            // A file that does not fit is worth no line: the process starts all the same.
            return List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:disable");
        }
        if (!WRITES.compareAndSet(false, true)) {
            return List.of();
        }
        Thread writer = new Thread(() -> write(classPath, archive), "class-archive");
        writer.setDaemon(true);
        writer.start();
        return List.of();
    }

    private static File[] jars(String classPath) {
        return Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator), -1))
                .map(File::new)
                .toArray(File[]::new);
    }

    /** A JVM refuses an archive if a jar has changed since. */
    private static int state(String classPath) {
        int state = 0;
        for (File jar : jars(classPath)) {
            state = 31 * state + List.of(jar, jar.lastModified(), jar.length()).hashCode();
        }
        return state;
    }

    private static void write(String classPath, Path archive) {
        try {
            Files.createDirectories(DIRECTORY);
            try (FileChannel lock =
                    FileChannel.open(DIRECTORY.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                writeLocked(lock, classPath, archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeLocked(FileChannel lock, String classPath, Path archive) throws IOException {
        if (Files.exists(archive) || lock.tryLock() == null) {
            return;
        }
        Path data = Files.createTempDirectory(DIRECTORY, "data");
        Path written = data.resolve("classes.jsa");
        Path output = data.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                ServeProcess.FIRST_COMPILER_ONLY,
                "-XX:ArchiveClassesAtExit=" + written,
                "-cp",
                classPath,
                Yardmaster.class.getName()));
        command.addAll(List.of(
                "serve",
                "--embedded",
                "--data",
                data.resolve("kafka").toString(),
                "--port",
                "0",
                "--set",
                "http.listen=127.0.0.1:0"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end of the class archive's writer"));
        try {
            for (long tenth = 0; tenth < 10 * DUMP_SECONDS && process.isAlive(); tenth++) {
                if (Files.readString(output).contains("ready ")) {
                    break;
                }
                process.waitFor(100, TimeUnit.MILLISECONDS);
            }
            process.destroy();
            if (process.waitFor(DUMP_SECONDS, TimeUnit.SECONDS) && Files.exists(written)) {
                Files.move(written, archive, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
