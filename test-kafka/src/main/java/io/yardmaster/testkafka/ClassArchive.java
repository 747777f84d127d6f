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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The libraries' classes in a file that a JVM maps instead of reading them from jars: {@code serve --embedded} then starts with two
 * thirds of the CPU time. Our own classes are not in it, so that a test may replace some of them. The first test process of a
 * module's build has the file written in the background; processes that start before it is there do without.
 */
public final class ClassArchive {
    private static final long WRITING_SECONDS = 120;
    private static final Path DIRECTORY = Path.of("target", "class-archive");
    private static final String OWN_JARS = "yardmaster-";
    private static final String OWN_CLASSES = "io/yardmaster/";

    /** Another JVM may write it, too; see the lock. */
    private static final AtomicBoolean WRITES = new AtomicBoolean();

    private ClassArchive() {}

    /**
     * Returns a class path with the same entries, libraries first, as an archive is of use only if the class path begins with
     * the jars that it was made of.
     *
     * @param patches directories of classes that replace our own
     */
    public static String classPath(String all, List<Path> patches) {
        List<String> entries = new ArrayList<>(libraries(all));
        patches.forEach(directory -> entries.add(directory.toString()));
        entries(all).filter(Predicate.not(ClassArchive::isLibrary)).forEach(entries::add);
        return String.join(File.pathSeparator, entries);
    }

    private static Stream<String> entries(String classPath) {
        return Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator), -1));
    }

    private static boolean isLibrary(String entry) {
        return entry.endsWith(".jar") && !new File(entry).getName().startsWith(OWN_JARS);
    }

    private static List<String> libraries(String classPath) {
        return entries(classPath).filter(ClassArchive::isLibrary).toList();
    }

    /**
     * Returns options for a JVM, so that it uses the archive if there is one.
     *
     * @param classPath of the JVM, by {@link #classPath}
     * @param commandLine the main class of {@code serve --embedded}, whose classes are in the archive
     */
    public static List<String> options(String classPath, Class<?> commandLine) {
        List<String> jars = libraries(classPath);
        Path archive = DIRECTORY.toAbsolutePath().resolve(Integer.toHexString(state(jars)) + ".jsa");
        if (Files.exists(archive)) {
            // A file that does not fit is worth no line: the process starts all the same.
            return List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:disable");
        }
        if (WRITES.compareAndSet(false, true)) {
            Thread writer = new Thread(() -> write(classPath, jars, archive, commandLine), "class-archive");
            writer.setDaemon(true);
            writer.start();
        }
        return List.of();
    }

    /** A JVM refuses an archive if a jar has changed since. */
    private static int state(List<String> jars) {
        int state = 0;
        for (String name : jars) {
            File jar = new File(name);
            state = 31 * state + List.of(jar, jar.lastModified(), jar.length()).hashCode();
        }
        return state;
    }

    private static void write(String classPath, List<String> jars, Path archive, Class<?> commandLine) {
        try {
            Files.createDirectories(DIRECTORY);
            try (FileChannel lock =
                    FileChannel.open(DIRECTORY.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (lock.tryLock() != null && !Files.exists(archive)) {
                    Path directory =
                            Files.createTempDirectory(DIRECTORY, "writer").toAbsolutePath();
                    Path classes = directory.resolve("classes");
                    list(classes, directory, classPath, commandLine);
                    dump(classes, directory, jars, archive);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lists the libraries' classes that {@code serve --embedded} loads until it is ready. */
    private static void list(Path classes, Path directory, String classPath, Class<?> commandLine)
            throws IOException, InterruptedException {
        Path all = directory.resolve("all-classes");
        Path output = directory.resolve("output");
        Process process = start(
                output,
                "-XX:DumpLoadedClassList=" + all,
                "-cp",
                classPath,
                commandLine.getName(),
                "serve",
                "--embedded",
                "--port=0",
                "--set=http.listen=127.0.0.1:0",
                "--data=" + directory.resolve("data"));
        long deadline = System.nanoTime() + Duration.ofSeconds(WRITING_SECONDS).toNanos();
        while (process.isAlive() && !Files.readString(output).contains("ready ") && System.nanoTime() - deadline < 0) {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        process.destroy();
        process.waitFor(WRITING_SECONDS, TimeUnit.SECONDS);
        // Lines with @ are of lambdas, which cost more to write than they save.
        List<String> ofLibraries = Files.readAllLines(all).stream()
                .filter(line -> !line.startsWith("@") && !line.startsWith(OWN_CLASSES))
                .toList();
        Files.write(classes, ofLibraries);
    }

    private static void dump(Path classes, Path directory, List<String> jars, Path archive)
            throws IOException, InterruptedException {
        Path written = directory.resolve("classes.jsa");
        Process process = start(
                directory.resolve("dump"),
                "-Xshare:dump",
                "-Xlog:disable",
                "-XX:SharedClassListFile=" + classes,
                "-XX:SharedArchiveFile=" + written,
                "-cp",
                String.join(File.pathSeparator, jars));
        if (process.waitFor(WRITING_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
            Files.move(written, archive, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static Process start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end of the class archive's writer"));
        return process;
    }
}
