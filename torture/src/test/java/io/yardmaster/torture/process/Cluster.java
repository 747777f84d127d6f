package io.yardmaster.torture.process;

import static org.awaitility.Awaitility.await;

import io.yardmaster.embedded.connect.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.Uuid;

/** A cluster of three nodes, each a process of its own that is broker and controller. */
public final class Cluster implements AutoCloseable {
    public static final int NODES = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String HEAP = "-Xmx320m";

    private final Path directory;
    private final String clusterId = Uuid.randomUuid().toString();
    private final List<Integer> ports = freePorts(2 * NODES);
    private final List<Jvm> nodes = new ArrayList<>();
    private final Admin admin;

    /** Starts it and returns when all nodes run. */
    public Cluster(Path directory) {
        this.directory = directory;
        IntStream.rangeClosed(1, NODES).forEach(node -> nodes.add(launch(node)));
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
        await().atMost(PATIENCE)
                .ignoreException(ExecutionException.class)
                .until(() -> admin.describeCluster().nodes().get().size() == NODES);
    }

    private static List<Integer> freePorts(int count) {
        List<Integer> ports = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                ports.add(FreePort.find());
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Jvm launch(int node) {
        List<String> main = new ArrayList<>(List.of(
                ClusterNode.class.getName(),
                Integer.toString(node),
                directory.resolve("broker-" + node).toString(),
                clusterId));
        ports.forEach(port -> main.add(port.toString()));
        return Jvm.start(directory.resolve("broker-" + node + ".log"), List.of(HEAP), null, main);
    }

    public String bootstrapServers() {
        return IntStream.range(0, NODES)
                .mapToObj(node -> "127.0.0.1:" + ports.get(2 * node))
                .collect(Collectors.joining(","));
    }

    public Admin admin() {
        return admin;
    }

    public int controller() {
        try {
            return admin.describeMetadataQuorum().quorumInfo().get().leaderId();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The node that leads a partition. */
    public int leader(String topic, int partition) {
        try {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .get(partition)
                    .leader()
                    .id();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The node that coordinates a group. */
    public int coordinator(String group) {
        try {
            return admin.describeClassicGroups(List.of(group))
                    .all()
                    .get()
                    .get(group)
                    .coordinator()
                    .id();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void kill9(int node) {
        nodes.get(node - 1).kill9();
    }

    public void terminate(int node) {
        nodes.get(node - 1).terminate();
    }

    public void start(int node) {
        nodes.set(node - 1, launch(node));
    }

    /** Waits until all copies of all partitions are in sync, so that any node may be lost. */
    public void awaitInSync() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .until(() -> {
                    var names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                            .names()
                            .get();
                    return admin.describeTopics(names).allTopicNames().get().values().stream()
                            .flatMap(topic -> topic.partitions().stream())
                            .allMatch(partition -> partition.isr().size()
                                    == partition.replicas().size());
                });
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
        nodes.forEach(Jvm::kill9);
    }
}
