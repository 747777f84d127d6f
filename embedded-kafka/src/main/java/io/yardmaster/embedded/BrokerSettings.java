package io.yardmaster.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The broker's configuration: one node that is controller and broker, small, and quick to start and to fail over. */
public final class BrokerSettings {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String HOST = EmbeddedKafka.HOST;

    private BrokerSettings() {}

    /** The settings that do not depend on the node's directory and ports, by the names that {@code server.properties} has. */
    public static Map<String, String> ofOneNode() {
        Map<String, String> settings = new HashMap<>(BROKER);
        settings.putAll(INTERNAL_TOPICS);
        settings.putAll(GROUPS);
        return settings;
    }

    static Map<String, String> of(Path directory, int port, int controllerPort) {
        Map<String, String> settings = ofOneNode();
        settings.putAll(NODE);
        settings.put("log.dirs", directory.toString());
        settings.put("listeners", "PLAINTEXT://%s:%s,%s".formatted(HOST, port, controllerListener(controllerPort)));
        settings.put("advertised.listeners", "PLAINTEXT://%s:%s".formatted(HOST, port));
        settings.put("controller.quorum.voters", "%s@%s:%s".formatted(NODE_ID, HOST, controllerPort));
        return settings;
    }

    /** The listener of the node's controller, in the form of the setting {@code listeners}. */
    static String controllerListener(int port) {
        return "%s://%s:%s".formatted(CONTROLLER_LISTENER, HOST, port);
    }

    private static final Map<String, String> NODE = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", Integer.toString(NODE_ID)),
            Map.entry("controller.listener.names", CONTROLLER_LISTENER),
            // Only this node itself connects to it.
            Map.entry("listener.name." + CONTROLLER_LISTENER.toLowerCase(Locale.ROOT) + ".num.network.threads", "1"),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT"));

    private static final Map<String, String> BROKER = Map.ofEntries(
            // After a kill -9 the broker may register again only when its old broker session has lapsed; but a session
            // that is too short lapses in a pause of the JVM, too.
            Map.entry("broker.session.timeout.ms", "3000"),
            Map.entry("broker.heartbeat.interval.ms", "1500"),
            // By default the controller writes an empty record twice a second, for other nodes; here there are none.
            Map.entry("metadata.max.idle.interval.ms", "10000"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("default.replication.factor", "1"),
            Map.entry("min.insync.replicas", "1"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("background.threads", "2"),
            Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20)));

    private static final Map<String, String> INTERNAL_TOPICS = Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "8",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "4",
            // A killed producer's transaction holds up readers until the next of these checks.
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            "share.coordinator.state.topic.num.partitions", "4");

    /** Groups do not wait for further members, and clients may ask for failover within a second. */
    private static final Map<String, String> GROUPS = Map.ofEntries(
            // Any topic that allows it may take the records that a share group gives up, not only one called dlq.*.
            Map.entry("errors.deadletterqueue.topic.name.prefix", ""),
            // Each thread looks for events a few times a second, also while there are none.
            Map.entry("group.coordinator.threads", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
            Map.entry("group.min.session.timeout.ms", "1000"),
            Map.entry("group.consumer.min.session.timeout.ms", "1000"),
            Map.entry("group.consumer.min.heartbeat.interval.ms", "100"),
            Map.entry("group.streams.min.session.timeout.ms", "1000"),
            Map.entry("group.streams.min.heartbeat.interval.ms", "100"),
            Map.entry("group.share.min.session.timeout.ms", "1000"),
            Map.entry("group.share.min.heartbeat.interval.ms", "100"),
            Map.entry("group.share.min.record.lock.duration.ms", "1000"));
}
