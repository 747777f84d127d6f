package io.yardmaster.bench.connect;

import io.yardmaster.bench.process.BrokerProcess;
import io.yardmaster.bench.process.ChildJvm;
import io.yardmaster.bench.process.JvmOptions;
import io.yardmaster.embedded.connect.ConnectWorker;
import io.yardmaster.embedded.connect.DatabaseServer;
import io.yardmaster.embedded.connect.HttpRegistry;
import io.yardmaster.embedded.connect.MariaDbServer;
import io.yardmaster.embedded.connect.PostgresServer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The broker, the worker, the registry and the databases of all rounds; each in a process of its own. */
final class ConnectRig implements AutoCloseable {
    static final String REGISTRY = "bench-connect";

    private final Path work;
    private final Path connectors;
    private final ChildJvm broker;
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
        broker = new ChildJvm("broker", output.resolve("broker.log"), JvmOptions.BROKER, BrokerProcess.class);
        bootstrapServers = broker.call(
                        BrokerProcess.START,
                        Map.of(BrokerProcess.DIRECTORY, work.resolve("kafka").toString()))
                .get(BrokerProcess.BOOTSTRAP_SERVERS);
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

    Path connectors() {
        return connectors;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    Admin admin() {
        return admin;
    }

    HttpRegistry registry() {
        return registry;
    }

    ConnectWorker worker() {
        return worker;
    }

    Path directory(String name) {
        return work.resolve(name);
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
