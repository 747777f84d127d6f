package io.yardmaster.embedded.connect;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A database server in a process of its own, whose data last as long as it runs. */
public interface DatabaseServer extends AutoCloseable {
    int port();

    /** The name of a user that may do everything. */
    String user();

    String password();

    /** The JDBC URL of a database. */
    String url(String database);

    default Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), user(), password());
    }

    /** Carries out one statement. */
    default void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Carries out a script, one statement after the other. */
    default void script(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String part : SqlScript.statements(sql)) {
                statement.execute(part);
            }
        }
    }

    void createDatabase(String name) throws SQLException;

    /** Crashes (SIGKILL) and comes back, with all that was committed; returns when it may not be back yet. */
    void crash() throws SQLException;

    @Override
    void close();
}
