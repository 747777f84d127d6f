package io.yardmaster.torture.process;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** The main class of one of the nodes of a cluster: broker and controller, replicating to the others. */
final class ClusterNode {
    private static final String CONTROLLER = "CONTROLLER";
    private static final String HOST = "127.0.0.1";

    private ClusterNode() {}

    /** Takes its number from 1, its directory, the cluster's id, and the two ports of each node. */
    public static void main(String[] args) throws Exception {
        int node = Integer.parseInt(args[0]);
        Path directory = Path.of(args[1]);
        List<String> ports = List.of(args).subList(3, args.length);
        if (!Files.exists(directory.resolve("meta.properties"))) {
            format(node, directory, args[2]);
        }
        var server = new KafkaRaftServer(new KafkaConfig(settings(node, directory, ports), false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop"));
        server.startup();
        server.awaitShutdown();
    }

    private static void format(int node, Path directory, String clusterId) throws Exception {
        try (var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(node)
                    .setClusterId(clusterId)
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName(CONTROLLER)
                    .setPrintStream(silent)
                    .run();
        }
    }

    private static Map<String, String> settings(int node, Path directory, List<String> ports) {
        List<String> voters = new ArrayList<>();
        for (int i = 0; i < ports.size() / 2; i++) {
            voters.add("%d@%s:%s".formatted(i + 1, HOST, ports.get(2 * i + 1)));
        }
        String broker = "PLAINTEXT://%s:%s".formatted(HOST, ports.get(2 * node - 2));
        Map<String, String> settings = new HashMap<>(COMMON);
        settings.put("node.id", Integer.toString(node));
        settings.put("log.dirs", directory.toString());
        settings.put("listeners", "%s,%s://%s:%s".formatted(broker, CONTROLLER, HOST, ports.get(2 * node - 1)));
        settings.put("advertised.listeners", broker);
        settings.put("controller.quorum.voters", String.join(",", voters));
        return settings;
    }

    /** Three replicas of everything; small, and quick to notice that a node is gone. */
    private static final Map<String, String> COMMON = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("controller.listener.names", CONTROLLER),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT"),
            Map.entry("broker.session.timeout.ms", "3000"),
            Map.entry("broker.heartbeat.interval.ms", "500"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("default.replication.factor", "3"),
            Map.entry("min.insync.replicas", "2"),
            Map.entry("offsets.topic.replication.factor", "3"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("transaction.state.log.replication.factor", "3"),
            Map.entry("transaction.state.log.min.isr", "2"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("num.replica.fetchers", "1"),
            Map.entry("background.threads", "2"),
            Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20)));
}
