package io.yardmaster.connectors.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/**
 * The drivers that this plug-in brings, independent of others registered in the same worker. No call on their
 * connections waits for ever: not for the network, nor for a login, nor for a statement.
 */
public final class Drivers {
    private static final String POSTGRESQL = "jdbc:postgresql:";

    private Drivers() {}

    /**
     * Connects; the caller closes. Throws also if there is no driver for the address.
     *
     * @param properties of the driver, user and password among them; values in the address itself have precedence
     * @param timeout to connect and for each statement; an answer of the server may take twice as long
     */
    public static Connection connect(String url, Map<String, String> properties, Duration timeout) throws SQLException {
        Properties all = new Properties();
        defaults(url, timeout).forEach((key, value) -> {
            if (!Pattern.compile("[?&]" + key + "=").matcher(url).find()) {
                all.setProperty(key, value);
            }
        });
        all.putAll(properties);
        for (Driver driver : ServiceLoader.load(Driver.class, Drivers.class.getClassLoader())) {
            if (driver.acceptsURL(url)) {
                return TimedStatements.of(driver.connect(url, all), timeout);
            }
        }
        throw new SQLException("no JDBC driver for " + url);
    }

    private static Map<String, String> defaults(String url, Duration timeout) {
        Map<String, String> defaults = new HashMap<>();
        long unit = url.startsWith(POSTGRESQL) ? 1_000 : 1;
        String most = Long.toString(Math.max(1, timeout.toMillis() / unit));
        // Longer than a statement may take, so that the server ends the statement first and reports it.
        defaults.put("socketTimeout", Long.toString(Math.max(1, 2 * timeout.toMillis() / unit)));
        defaults.put("tcpKeepAlive", "true");
        if (url.startsWith(POSTGRESQL)) {
            // Limits all addresses of a URL together; the driver itself limits each one to 10 s.
            defaults.put("loginTimeout", most);
            // A pooler gives each transaction another session, which lacks the statements prepared in this one.
            defaults.put("prepareThreshold", "0");
        } else {
            defaults.put("connectTimeout", most);
            // A number in a tinyint(1) column stays a number, as in change data capture.
            defaults.put("tinyInt1isBit", "false");
        }
        return defaults;
    }
}
