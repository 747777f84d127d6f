package io.yardmaster.bench.connect;

import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.process.BrokerJvm;
import io.yardmaster.embedded.connect.ConnectWorker;
import io.yardmaster.embedded.connect.ConnectorConfig;
import io.yardmaster.embedded.connect.DatabaseServer;
import io.yardmaster.embedded.connect.HttpRegistry;
import io.yardmaster.embedded.connect.MariaDbServer;
import io.yardmaster.embedded.connect.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/** The broker, the worker, the registry and the databases of all rounds; each in a process of its own. */
final class ConnectRig implements AutoCloseable {
    static final String REGISTRY = "bench-connect";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path work;
    private final Path connectors;
    private final BrokerJvm broker;
    private final String bootstrapServers;
    private final Admin admin;
    private final HttpRegistry registry;
    private final ConnectWorker worker;
    private final Map<Kind, DatabaseServer> servers = new EnumMap<>(Kind.class);

    private enum Kind {
        POSTGRESQL,
        MARIADB
    }

    /**
     * Starts all but the databases.
     *
     * @param work an empty directory for data
     * @param output an existing directory for logs
     * @param connectors the module's directory
     */
    ConnectRig(Path work, Path output, Path connectors) {
        this.work = work;
        this.connectors = connectors;
        broker = BrokerJvm.start(work.resolve("kafka"), output);
        bootstrapServers = broker.bootstrapServers();
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        registry = HttpRegistry.start(REGISTRY);
        worker = ConnectWorker.launch(connectors.resolve("target/connect"), output, bootstrapServers, Map.of())
                .awaitUp();
    }

    /** A server for all rounds with this database. */
    DatabaseServer server(Way way) {
        return way.isPostgres()
                ? servers.computeIfAbsent(Kind.POSTGRESQL, kind -> PostgresServer.start(work.resolve("postgresql")))
                : servers.computeIfAbsent(Kind.MARIADB, kind -> MariaDbServer.start(work.resolve("mariadb")));
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    Admin admin() {
        return admin;
    }

    ConnectWorker worker() {
        return worker;
    }

    /** Runs a connector, and returns when it runs. */
    void deploy(String name, Map<String, String> config) {
        var answer = worker.rest().put(name, config);
        if (answer.code() >= 300) {
            throw new BenchException(name + ": " + answer.body());
        }
        long start = System.nanoTime();
        while (!worker.rest().isRunning(name)) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new BenchException(
                        name + ": the connector does not run: " + worker.rest().status(name));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** The settings of a scheduler on these topics. */
    Map<String, String> schedulerSettings(BenchTopics topics, String name) {
        Map<String, String> settings = new HashMap<>(topics.settings());
        settings.put("kafka.bootstrap.servers", bootstrapServers);
        settings.put("schema.registry.url", "mock://" + REGISTRY);
        settings.put("state.dir", work.resolve(name).toString());
        return settings;
    }

    /** Makes a database with the tables of these files. */
    void createDatabase(DatabaseServer server, String name, List<String> ddl) throws SQLException, IOException {
        server.createDatabase(name);
        for (String file : ddl) {
            String sql = Files.readString(connectors.resolve("ddl").resolve(file));
            server.script(name, ConnectorConfig.ddl(sql, name));
        }
    }

    /** The configuration in this file, for a connector of this database. */
    Map<String, String> config(String file, DatabaseServer server, String database) throws IOException {
        return ConnectorConfig.of(
                connectors.resolve("config").resolve(file), server, database, bootstrapServers, registry.url());
    }

    /** Closes the worker before its broker, without which it would hang. */
    @Override
    public void close() {
        worker.close();
        servers.values().forEach(DatabaseServer::close);
        registry.close();
        admin.close();
        broker.close();
    }
}
