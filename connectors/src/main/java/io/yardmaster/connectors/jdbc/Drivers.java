package io.yardmaster.connectors.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.ServiceLoader;

/** The drivers that this plug-in brings, whatever others are registered in the same worker. */
public final class Drivers {
    private Drivers() {}

    /** Connects; the caller closes. Throws also if there is no driver for the address. */
    public static Connection connect(String url, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        for (Driver driver : ServiceLoader.load(Driver.class, Drivers.class.getClassLoader())) {
            if (driver.acceptsURL(url)) {
                return driver.connect(url, properties);
            }
        }
        throw new SQLException("no JDBC driver for " + url, "0A000");
    }
}
