package io.yardmaster.embedded.connect;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A PostgreSQL with logical decoding, which flushes each commit to the disk before it returns. */
public final class PostgresServer implements DatabaseServer {
    private final EmbeddedPostgres server;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    public static PostgresServer start(Path directory) {
        return start(directory, Map.of("wal_level", "logical"));
    }

    /**
     * Starts a server on a new directory.
     *
     * @param settings as in {@code postgresql.conf}
     * @throws NoBinariesException if there are no binaries for this platform
     */
    public static PostgresServer start(Path directory, Map<String, String> settings) {
        try {
            Path binaries = Files.createDirectories(directory.resolve("binaries"));
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setDataDirectory(directory.resolve("data"))
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    // Slots stay when their connectors are gone.
                    .setServerConfig("max_replication_slots", "60")
                    .setServerConfig("max_wal_senders", "20");
            settings.forEach(builder::setServerConfig);
            return new PostgresServer(builder.start());
        } catch (IllegalStateException e) {
            throw new NoBinariesException("no PostgreSQL for this platform: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public String user() {
        return "postgres";
    }

    @Override
    public String password() {
        return "postgres";
    }

    @Override
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%s/%s".formatted(port(), database);
    }

    @Override
    public void createDatabase(String name) throws SQLException {
        execute("postgres", "CREATE DATABASE " + name);
    }

    /** When one of its processes is killed, PostgreSQL ends the others and replays its log. */
    @Override
    public void crash() throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'")) {
            result.next();
            ProcessHandle.of(result.getLong(1)).orElseThrow().destroyForcibly();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
