package io.yardmaster.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A broker in a JVM of its own, which a test can kill. */
final class KillableBroker implements AutoCloseable {
    private static final String CLEANUP = "transaction.abort.timed.out.transaction.cleanup.interval.ms";

    /** A killed producer's transaction of a second is aborted at once, when the next broker has loaded it. */
    static final Map<String, String> IMPATIENT = Map.of(CLEANUP, "20");

    /** Transactions of a second stay open until the broker is killed, however long a test takes to begin them. */
    private static final Map<String, String> PATIENT = Map.of(CLEANUP, "3600000");

    private final Process process;
    private final String bootstrapServers;

    private KillableBroker(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts a broker on this directory and waits until clients can use it. */
    static KillableBroker start(Path data) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        KillableBroker.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line;
        do {
            line = output.readLine();
        } while (line != null && !line.startsWith("ready "));
        if (line == null) {
            throw new IOException("the broker did not start");
        }
        return new KillableBroker(process, line.substring("ready ".length()));
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** Kills the process with SIGKILL and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]), 0, PATIENT);
        System.out.println("ready " + kafka.bootstrapServers());
        Thread.currentThread().join();
    }
}
