package io.yardmaster.pipeline;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.client.Assignment;
import io.yardmaster.client.ExecutionManager;
import io.yardmaster.embedded.connect.ConnectRest;
import io.yardmaster.embedded.connect.ConnectorConfig;
import io.yardmaster.embedded.connect.DatabaseServer;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.testkafka.TestTopics;
import io.yardmaster.testkafka.TopicRereader;
import io.yardmaster.topology.SchedulerService;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A storage database of its own and, once a connector is started, its topics, a scheduler and an execution manager. */
final class ConnectFixture implements AutoCloseable {
    final String name;
    final DatabaseServer server;
    final LinkedBlockingQueue<Assignment> assignments = new LinkedBlockingQueue<>();

    private final Site.Running site;
    private final Map<String, String> settings;
    private final TopicNames topics;
    private SchedulerService scheduler;
    private ExecutionManager manager;
    // Each is there once it has been asked for. A test that waits asks often, and a new one each time would cost more
    // than the answer.
    private TopicRereader<byte[], byte[]> reader;
    private Admin admin;
    private Connection asking;
    private final List<String> sharedConnectors = new ArrayList<>();

    ConnectFixture(Site.Running site, Database database) throws SQLException {
        this(site, site.server(database));
    }

    /** On a server of the test's own. */
    ConnectFixture(Site.Running site, DatabaseServer server) throws SQLException {
        this.site = site;
        this.server = server;
        name = site.newName();
        server.createDatabase(name);
        settings = Map.of(
                "topic.prefix",
                name + ".",
                "kafka.application.id",
                name,
                "kafka.bootstrap.servers",
                site.kafka().bootstrapServers(),
                "schema.registry.url",
                site.registryInThisJvm(),
                "dispatch.group",
                name + "-fleet",
                "events",
                "tasks",
                "state.dir",
                site.directory().resolve(name).toString());
        topics = TopicNames.from(settings);
    }

    private void startScheduler() throws ExecutionException, InterruptedException {
        createTopics();
        scheduler = new SchedulerService(SchedulerConfig.from(settings));
        scheduler.start();
        scheduler.awaitRunning(Duration.ofMinutes(1));
        manager = ExecutionManager.builder()
                .settings(Map.of(
                        "topic.prefix",
                        name + ".",
                        "bootstrap.servers",
                        site.kafka().bootstrapServers(),
                        "schema.registry.url",
                        site.registryInThisJvm(),
                        "dispatch.group",
                        name + "-fleet"))
                .parallelism(4)
                .handler((assignment, context) -> assignments.add(assignment))
                .start();
    }

    void createTopics() throws ExecutionException, InterruptedException {
        List<NewTopic> all = new ArrayList<>();
        for (Topic<?> topic : List.of(
                Topic.READY,
                Topic.COMMIT,
                Topic.CLEANUP,
                Topic.GRAPHS,
                Topic.COMMANDS,
                Topic.OUTCOMES,
                Topic.DISPATCH,
                Topic.EVENTS,
                Topic.KILLS,
                Topic.HOSTS,
                Topic.OFFERS)) {
            all.add(new NewTopic(topics.of(topic), 1, (short) 1));
        }
        all.add(new NewTopic(topics.deadLetter(), 1, (short) 1));
        for (Topic<?> topic : List.of(Topic.SESSIONS, Topic.SHARES, Topic.POLICY)) {
            all.add(new NewTopic(topics.of(topic), 1, (short) 1).configs(Map.of("cleanup.policy", "compact")));
        }
        TestTopics.create(admin(), all);
    }

    /** Runs a file of {@code ddl/}, with the names of this test in place of its own. */
    ConnectFixture ddl(String file) throws IOException, SQLException {
        server.script(name, ConnectorConfig.ddl(Files.readString(Path.of("..", "connectors", "ddl", file)), name));
        return this;
    }

    void sql(String sql) throws SQLException {
        server.execute(name, sql);
    }

    /** A file of {@code config/}, with the addresses and names of this test in place of its own. */
    Map<String, String> config(String file) throws IOException {
        return ConnectorConfig.of(
                Path.of("..", "connectors", "config", file),
                server,
                name,
                site.kafka().bootstrapServers(),
                site.registry().url());
    }

    /** Runs a connector in the shared worker, and returns when it runs. */
    void connect(Map<String, String> config) throws ExecutionException, InterruptedException {
        sharedConnectors.add(name);
        connect(site.worker().rest(), config);
    }

    void connect(ConnectRest rest, Map<String, String> config) throws ExecutionException, InterruptedException {
        startScheduler();
        start(rest, name, config);
    }

    private static void start(ConnectRest rest, String connector, Map<String, String> config) {
        requireAccepted(rest.put(connector, config));
        await().until(() -> {
            if (rest.status(connector).toString().contains("FAILED")) {
                throw new AssertionError(rest.status(connector).toString());
            }
            return rest.isRunning(connector);
        });
    }

    private static void requireAccepted(ConnectRest.Answer answer) {
        if (answer.code() >= 300) {
            throw new AssertionError(answer.body().toString());
        }
    }

    /** The name of the connector that writes results. */
    String results() {
        return name + "-results";
    }

    /** Runs the connector that writes results, in the shared worker; without a scheduler, unless {@link #connect} started it. */
    void connectResults(Map<String, String> config) {
        sharedConnectors.add(results());
        start(site.worker().rest(), results(), config);
    }

    /** The same in a worker of the test's own. */
    void connectResults(ConnectRest rest, Map<String, String> config) {
        start(rest, results(), config);
    }

    /** Changes the configuration of a connector whose task failed. */
    void reconfigure(Map<String, String> config) {
        requireAccepted(site.worker().rest().put(name, config));
        await().until(() -> site.worker().rest().isRunning(name));
    }

    /** Makes the connector go on from another offset, as if the database had been put back meanwhile. */
    void moveOffset(Map<String, ?> offset) throws SQLException {
        whileStopped(() -> requireAccepted(site.worker().rest().changeOffset(name, Map.of("server", name), offset)));
    }

    interface Deed {
        void run() throws SQLException;
    }

    /** Does something while the connector is stopped, and then resumes it. */
    void whileStopped(Deed deed) throws SQLException {
        ConnectRest rest = site.worker().rest();
        requireAccepted(rest.stop(name));
        await().until(() ->
                rest.status(name).path("connector").path("state").asText().equals("STOPPED")
                        && rest.status(name).path("tasks").isEmpty());
        deed.run();
        requireAccepted(rest.resume(name));
    }

    JsonNode taskStatus() {
        return site.worker().rest().status(name).path("tasks").path(0);
    }

    /** All records of a topic so far, as a read_committed consumer sees them. */
    synchronized List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        if (reader == null) {
            reader = new TopicRereader<>(
                    Map.of("bootstrap.servers", kafka()), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }
        return reader.records(List.of(new TopicPartition(topic, 0)));
    }

    /** A client for administration, which is closed with the fixture. */
    synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(Map.of("bootstrap.servers", kafka()));
        }
        return admin;
    }

    String kafka() {
        return site.kafka().bootstrapServers();
    }

    /** The first column of each row, as text. Asks again on a new connection if one that was opened before is of no use any more. */
    synchronized List<String> column(String sql) throws SQLException {
        if (asking != null) {
            try {
                return column(asking, sql);
            } catch (SQLException e) {
                // The server may have crashed since, or the database may have been replaced.
                stopAsking();
            }
        }
        asking = server.connect(name);
        return column(asking, sql);
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }

    private void stopAsking() throws SQLException {
        if (asking != null) {
            asking.close();
            asking = null;
        }
    }

    TopicNames topics() {
        return topics;
    }

    Map<String, String> settings() {
        return settings;
    }

    /** The log of the shared worker, which has lines of other tests' connectors, too. */
    String workerLog() throws IOException {
        return Files.readString(site.worker().log());
    }

    /** Ends what the shared worker does for this fixture. */
    void disconnect() {
        sharedConnectors.forEach(connector -> site.worker().rest().delete(connector));
        sharedConnectors.clear();
    }

    @Override
    public void close() throws SQLException {
        disconnect();
        if (scheduler != null) {
            manager.close();
            scheduler.close();
        }
        if (reader != null) {
            reader.close();
        }
        if (admin != null) {
            admin.close();
        }
        stopAsking();
    }
}
