package io.yardmaster.connectors.polling;

import io.yardmaster.connectors.jdbc.Drivers;
import io.yardmaster.connectors.settings.PollingSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that is made anew after a failure. */
final class DatabaseConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseConnection.class);

    /** Connection lost, rolled back because of others, out of resources, shut down. */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "57");

    /** MariaDB waited too long for a lock. */
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    private final PollingSettings settings;
    private Connection connection;

    DatabaseConnection(PollingSettings settings) {
        this.settings = settings;
    }

    Connection get() throws SQLException {
        if (connection == null) {
            connection = Drivers.connect(settings.url(), settings.user(), settings.password());
        }
        return connection;
    }

    /** Whether the same may succeed later, without anybody changing anything. */
    static boolean isPassing(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientException
                || e instanceof SQLRecoverableException
                || e.getErrorCode() == LOCK_WAIT_TIMEOUT
                || (state != null && state.length() >= 2 && PASSING.contains(state.substring(0, 2)));
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("closing a connection that is broken", e);
            }
            connection = null;
        }
    }
}
