package io.yardmaster.connectors.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The database that a connector of Debezium's reads, reached with that connector's settings.
 *
 * @param settings of Debezium's connector
 * @param postgres true for PostgreSQL, false for MariaDB and MySQL
 */
public record CapturedDatabase(Map<String, String> settings, boolean postgres) {
    private static final String PREFIX = "database.";
    private static final String DRIVER_PREFIX = "driver.";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Debezium's names for the TLS settings between MariaDB's driver and a server, and the driver's names. */
    private static final Map<String, String> TLS = Map.of(
            "ssl.keystore", "keyStore",
            "ssl.keystore.password", "keyStorePassword",
            "ssl.truststore", "trustStore",
            "ssl.truststore.password", "trustStorePassword");

    private static final Map<String, String> MYSQL_MODES = Map.of(
            "disabled", "disable",
            "preferred", "trust",
            "required", "trust",
            "verify_ca", "verify-ca",
            "verify_identity", "verify-full");

    public String url() {
        String address = settings.get("database.hostname") + ":"
                + settings.getOrDefault("database.port", postgres ? "5432" : "3306");
        return postgres
                ? "jdbc:postgresql://%s/%s".formatted(address, settings.get("database.dbname"))
                : "jdbc:mariadb://%s/".formatted(address);
    }

    public String user() {
        return settings.get("database.user");
    }

    /** Connects; the caller closes. */
    public Connection connect() throws SQLException {
        return Drivers.connect(url(), properties(), TIMEOUT);
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        settings.forEach((key, value) -> {
            if (key.startsWith(DRIVER_PREFIX)) {
                properties.put(key.substring(DRIVER_PREFIX.length()), value);
            } else if (key.startsWith(PREFIX + "ssl")) {
                addTls(key.substring(PREFIX.length()), value, properties);
            }
        });
        properties.put("user", user());
        properties.put("password", settings.get("database.password"));
        return properties;
    }

    private void addTls(String name, String value, Map<String, String> properties) {
        if (postgres) {
            properties.put(name, value);
        } else if (name.equals("ssl.mode")) {
            String mode = value.strip().toLowerCase(Locale.ROOT);
            properties.put("sslMode", MYSQL_MODES.getOrDefault(mode, mode));
        } else if (TLS.containsKey(name) && !value.isBlank()) {
            properties.put(TLS.get(name), value);
        }
    }
}
