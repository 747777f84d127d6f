package io.yardmaster.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka in this JVM: one node that is both controller and broker, without replication, authentication or
 * encryption, reachable from this machine only. Transactions, share groups and Streams groups work; topics must be
 * created.
 *
 * <p>Acknowledged records survive a restart on the same directory, also if the JVM was killed, but not a power cut, as Kafka
 * leaves flushing to the operating system. Several may run in one JVM, each on a directory of its own.
 */
public final class EmbeddedKafka implements AutoCloseable {
    public static final String HOST = "127.0.0.1";

    /** A controller alone starts within a second or two; a busy machine may take longer. */
    private static final Duration FENCING = Duration.ofSeconds(60);

    private final KafkaRaftServer server;
    private final DataDirectory directory;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(KafkaRaftServer server, DataDirectory directory, int port) {
        this.server = server;
        this.directory = directory;
        this.port = port;
    }

    /**
     * Starts a broker and returns when clients can use it.
     *
     * @param dataDirectory the directory of its log; created if missing; no other broker may be using it
     * @param port the port on 127.0.0.1 that clients connect to, or 0 for any free one
     * @throws EmbeddedKafkaException if the directory or the port cannot be used; nothing has been created then
     */
    public static EmbeddedKafka start(Path dataDirectory, int port) {
        return start(dataDirectory, port, Map.of());
    }

    /**
     * Starts a broker, as {@link #start(Path, int)} does, with some settings changed.
     *
     * @param changes settings by the names that {@code server.properties} has; listeners and directories are not to be changed
     */
    public static EmbeddedKafka start(Path dataDirectory, int port, Map<String, String> changes) {
        DataDirectory.check(dataDirectory);
        UnratedMeters.install();
        Ports ports = Ports.reserve(port);
        DataDirectory directory = DataDirectory.open(dataDirectory);
        try {
            var settings = BrokerSettings.of(directory.path(), ports.broker(), ports.controller());
            settings.putAll(changes);
            if (directory.brokerWasKilled()) {
                KilledBroker.fence(settings, ports.controller(), FENCING);
            }
            var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(server, directory, ports.broker());
        } catch (RuntimeException e) {
            directory.close();
            throw new EmbeddedKafkaException("Kafka on " + dataDirectory + " does not start: " + e.getMessage(), e);
        }
    }

    /** The value of {@code bootstrap.servers} for clients. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    /** Stops the broker and waits for its end. Closing again does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                server.shutdown();
                server.awaitShutdown();
            } finally {
                directory.close();
            }
        }
    }
}
