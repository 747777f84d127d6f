package io.yardmaster.torture.process;

import io.yardmaster.app.Yardmaster;
import io.yardmaster.testkafka.ClassArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, which can be killed, stopped and continued. */
final class Jvm {
    private static final long END_SECONDS = 60;
    private static final long DUMP_SECONDS = 2;

    private final Process process;
    private final Path log;
    private final int logged;

    private Jvm(Process process, Path log, int logged) {
        this.process = process;
        this.log = log;
        this.logged = logged;
    }

    /**
     * Starts a JVM.
     *
     * @param log gets both of its outputs
     * @param options of the JVM
     * @param patches a directory of classes that replace our own; null for none
     * @param main the main class and its arguments
     */
    static Jvm start(Path log, List<String> options, Path patches, List<String> main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A process is short-lived here, and there are ten of them on few cores.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"));
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(ClassArchive.options(ClassArchive.classPath(all, List.of()), Yardmaster.class));
        command.addAll(options);
        command.add("-cp");
        command.add(ClassArchive.classPath(all, patches == null ? List.of() : List.of(patches)));
        command.addAll(main);
        try {
            int logged = Files.exists(log) ? Files.readString(log).length() : 0;
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end of a child"));
            return new Jvm(process, log, logged);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill9() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Sends SIGTERM, and kills it if it does not end. */
    void terminate() {
        process.destroy();
        if (!end(END_SECONDS)) {
            kill9();
        }
    }

    void stop() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    /** Returns its exit code, or -1 if it still runs after this time; it has then printed its threads' stacks. */
    int awaitExit(long seconds) {
        if (end(seconds)) {
            return process.exitValue();
        }
        signal("QUIT");
        end(DUMP_SECONDS);
        return -1;
    }

    /** Its own output; the log also has that of earlier processes. */
    String printed() {
        try {
            return Files.readString(log).substring(logged);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0 && process.isAlive()) {
                throw new IllegalStateException("kill -" + name + " failed with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitEnd() {
        if (!end(END_SECONDS)) {
            throw new IllegalStateException("process " + process.pid() + " does not end, see " + log);
        }
    }

    private boolean end(long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
