package io.yardmaster.embedded.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A Connect worker in distributed mode, in a JVM of its own, with our plug-ins. Close it before its Kafka. */
public final class ConnectWorker implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final ConnectRest rest;
    private final Path log;

    private ConnectWorker(Process process, ConnectRest rest, Path log) {
        this.process = process;
        this.rest = rest;
        this.log = log;
    }

    /**
     * Starts a worker and returns at once.
     *
     * @param home the directory with {@code lib} and {@code plugins} that the build made
     * @param directory the directory for its log and its configuration
     * @param changes settings of the worker that differ from {@link #SETTINGS}
     */
    public static ConnectWorker launch(Path home, Path directory, String servers, Map<String, String> changes) {
        try {
            Files.createDirectories(directory);
            int port = FreePort.find();
            Map<String, String> settings = new HashMap<>(SETTINGS);
            settings.put("bootstrap.servers", servers);
            settings.put("plugin.path", home.resolve("plugins").toAbsolutePath().toString());
            settings.put("listeners", "http://127.0.0.1:" + port);
            settings.putAll(changes);
            Path file = write(Files.createTempFile(directory, "worker", ".properties"), settings);
            Path log = Files.createTempFile(directory, "worker", ".log");
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:+UseSerialGC",
                            // The worker lives for seconds, so that the second compiler would cost more than it saves.
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            home.resolve("lib").toAbsolutePath() + "/*",
                            "-Dlogback.configurationFile="
                                    + home.resolve("logback.xml").toAbsolutePath(),
                            "org.apache.kafka.connect.cli.ConnectDistributed",
                            file.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            // Ends the worker also if this JVM is ended from outside.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new ConnectWorker(process, new ConnectRest("http://127.0.0.1:" + port), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("group.id", "connect"),
            Map.entry("config.storage.topic", "connect-configs"),
            Map.entry("config.storage.replication.factor", "1"),
            Map.entry("offset.storage.topic", "connect-offsets"),
            Map.entry("offset.storage.replication.factor", "1"),
            Map.entry("offset.storage.partitions", "2"),
            Map.entry("status.storage.topic", "connect-status"),
            Map.entry("status.storage.replication.factor", "1"),
            Map.entry("status.storage.partitions", "1"),
            Map.entry("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter"),
            Map.entry("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter"),
            Map.entry("exactly.once.source.support", "enabled"),
            Map.entry("plugin.discovery", "service_load"),
            Map.entry("session.timeout.ms", "3000"),
            Map.entry("heartbeat.interval.ms", "500"),
            Map.entry("scheduled.rebalance.max.delay.ms", "0"),
            Map.entry("offset.flush.interval.ms", "1000"),
            Map.entry("config.providers", "env"),
            Map.entry("config.providers.env.class", "org.apache.kafka.common.config.provider.EnvVarConfigProvider"));

    /** Waits until the worker takes configurations. */
    public ConnectWorker awaitUp() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!rest.isUp()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the Connect worker does not start, see " + log);
            }
            pause();
        }
        return this;
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public ConnectRest rest() {
        return rest;
    }

    public Path log() {
        return log;
    }

    /** Kills the worker (SIGKILL), and waits for its end. */
    public void kill9() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Stops the worker; kills it if that takes longer than 30 s. */
    @Override
    public void close() {
        process.destroy();
        if (!awaitEnd()) {
            kill9();
        }
    }

    private boolean awaitEnd() {
        try {
            return process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Path write(Path file, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }
}
