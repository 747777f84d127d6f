package io.yardmaster.connectors.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection whose statements have a time-out. */
final class TimedStatements {
    private static final Logger LOG = LoggerFactory.getLogger(TimedStatements.class);

    private TimedStatements() {}

    static Connection of(Connection connection, Duration timeout) {
        int seconds = Math.toIntExact(Math.max(1, timeout.toSeconds()));
        return (Connection) Proxy.newProxyInstance(
                TimedStatements.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(connection, arguments);
                        if (result instanceof Statement statement) {
                            limit(statement, seconds);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** MySQL cannot do this over this driver; there the socket's time-out is the limit. */
    private static void limit(Statement statement, int seconds) {
        try {
            statement.setQueryTimeout(seconds);
        } catch (SQLException e) {
            LOG.debug("no limit for statements", e);
        }
    }
}
