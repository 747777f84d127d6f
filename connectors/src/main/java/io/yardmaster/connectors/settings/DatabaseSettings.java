package io.yardmaster.connectors.settings;

import static io.yardmaster.connectors.settings.EventSettings.PREFIX;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/**
 * The address of a database that our own connectors ask by JDBC.
 *
 * @param url of PostgreSQL or MariaDB
 * @param login the driver's properties beside the URL
 * @param timeout the limit to connect and for each statement
 */
public record DatabaseSettings(String url, Map<String, String> login, Duration timeout) {
    public static final String URL = PREFIX + "database.url";
    public static final String USER = PREFIX + "database.user";
    public static final String POSTGRESQL = "jdbc:postgresql:";
    public static final String MARIADB = "jdbc:mariadb:";

    private static final String PASSWORD = PREFIX + "database.password";
    private static final String TIMEOUT = PREFIX + "database.timeout.ms";

    static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        URL,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        matching(
                                Pattern.quote(POSTGRESQL) + ".+|" + Pattern.quote(MARIADB) + ".+",
                                "jdbc:postgresql://host:port/database or jdbc:mariadb://host:port/database"),
                        Importance.HIGH,
                        "The address of the database.")
                .define(USER, ConfigDef.Type.STRING, "", Importance.HIGH, "The connector's user in the database.")
                .define(PASSWORD, ConfigDef.Type.PASSWORD, "", Importance.HIGH, "That user's password.")
                .define(
                        TIMEOUT,
                        ConfigDef.Type.INT,
                        30_000,
                        between(1_000, 3_600_000),
                        Importance.LOW,
                        "The time limit to connect and for a statement; an answer on the network may take twice as long."
                                + " The driver's own time-outs in the URL have precedence.");
    }

    static DatabaseSettings from(AbstractConfig values) {
        return new DatabaseSettings(
                values.getString(URL),
                Map.of(
                        "user",
                        values.getString(USER),
                        "password",
                        values.getPassword(PASSWORD).value()),
                Duration.ofMillis(values.getInt(TIMEOUT)));
    }

    static Validator matching(String pattern, String allowed) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    if (value != null && !value.toString().matches(pattern)) {
                        throw new ConfigException(name, value, "must be " + allowed);
                    }
                },
                () -> allowed);
    }

    public boolean isPostgres() {
        return url.startsWith(POSTGRESQL);
    }

    public String user() {
        return login.get("user");
    }
}
