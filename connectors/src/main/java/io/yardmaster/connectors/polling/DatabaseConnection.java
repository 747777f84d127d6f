package io.yardmaster.connectors.polling;

import io.yardmaster.connectors.jdbc.Drivers;
import io.yardmaster.connectors.settings.PollingSettings;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that is made anew after a failure. */
final class DatabaseConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseConnection.class);

    private final PollingSettings settings;
    private Connection connection;

    DatabaseConnection(PollingSettings settings) {
        this.settings = settings;
    }

    Connection get() throws SQLException {
        if (connection == null) {
            connection = Drivers.connect(
                    settings.database().url(),
                    settings.database().login(),
                    settings.database().timeout());
        }
        return connection;
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
