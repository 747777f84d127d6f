package io.yardmaster.embedded;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.publisher.MetadataPublisher;
import org.apache.kafka.metadata.BrokerRegistration;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.LoggerFactory;

/**
 * Takes a killed broker's partitions from it, before a broker starts on the same directory.
 *
 * <p>The cluster's metadata still calls a killed broker the leader of its partitions. A broker that starts over it therefore
 * becomes the transactions' coordinator at once, is fenced when the killed broker's session lapses, and is a leader again
 * after it has registered. If that coordinator ends a transaction while the partitions have no leader, Kafka takes them for
 * deleted and writes no marker to them ({@code TransactionMarkerChannelManager}: "these partitions are likely deleted
 * already"), but calls the transaction complete: readers of committed records then wait at its first record for ever. A
 * controller without a broker ends the old session while nothing can end a transaction, and does so sooner than a broker
 * could register.
 */
final class KilledBroker {
    /** Nobody sends heartbeats for this session, so that it may be as short as one likes. */
    private static final String SESSION_MS = "500";

    private static final String HEARTBEAT_MS = "250";

    private KilledBroker() {}

    /**
     * Returns when the broker that is registered in this directory leads no partition.
     *
     * @param broker the settings of the broker that will start there
     * @param controllerPort the port of its controller
     * @throws EmbeddedKafkaException if that takes longer than {@code patience}
     */
    static void fence(Map<String, String> broker, int controllerPort, Duration patience) {
        KafkaConfig config = new KafkaConfig(controllerOf(broker, controllerPort), false);
        var directories = KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(KilledBroker.class), "");
        QuorumConfig quorum = config.quorumConfig();
        try (Metrics metrics = new Metrics()) {
            SharedServer shared = new SharedServer(
                    config,
                    directories._1(),
                    Time.SYSTEM,
                    metrics,
                    CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
                    QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
                    new StandardFaultHandlerFactory(),
                    ServerSocketFactory.INSTANCE);
            ControllerServer controller =
                    new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
            try {
                controller.startup();
                Registration registration = new Registration();
                shared.loader()
                        .installPublishers(List.of(registration))
                        .thenCompose(installed -> registration.fenced)
                        .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                controller.shutdown();
            }
        } catch (TimeoutException e) {
            throw new EmbeddedKafkaException("the killed broker's session does not end within " + patience, e);
        } catch (ExecutionException e) {
            throw new EmbeddedKafkaException("the killed broker's session cannot be ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedKafkaException("interrupted while the killed broker's session ends", e);
        }
    }

    private static Map<String, String> controllerOf(Map<String, String> broker, int port) {
        Map<String, String> settings = new HashMap<>(broker);
        settings.put("process.roles", "controller");
        settings.put("listeners", BrokerSettings.controllerListener(port));
        settings.remove("advertised.listeners");
        settings.put("broker.session.timeout.ms", SESSION_MS);
        settings.put("broker.heartbeat.interval.ms", HEARTBEAT_MS);
        return settings;
    }

    /** Completes when the broker's registration is fenced, or if there is none. */
    private static final class Registration implements MetadataPublisher {
        private final CompletableFuture<Void> fenced = new CompletableFuture<>();

        @Override
        public String name() {
            return "KilledBroker";
        }

        @Override
        public void onMetadataUpdate(MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
            BrokerRegistration registration = image.cluster().broker(BrokerSettings.NODE_ID);
            if (registration == null || registration.fenced()) {
                fenced.complete(null);
            }
        }

        /** There is nothing to release. */
        @Override
        public void close() {}
    }
}
