package io.yardmaster.connectors.settings;

import static io.yardmaster.connectors.settings.EventSettings.PREFIX;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/** The settings of polling. */
public final class PollingSettings {
    public static final String URL = PREFIX + "database.url";
    public static final String USER = PREFIX + "database.user";
    public static final String OUTBOX = PREFIX + "outbox";
    public static final String POSTGRESQL = "jdbc:postgresql:";
    public static final String MARIADB = "jdbc:mariadb:";

    public static final String ON_RESTORE = PREFIX + "on.restore";
    public static final String FAIL = "fail";
    public static final String REREAD = "reread";

    private static final String TIMEOUT = PREFIX + "database.timeout.ms";
    private static final String PASSWORD = PREFIX + "database.password";
    private static final String INTERVAL = PREFIX + "poll.interval.ms";
    private static final String ROWS = PREFIX + "poll.rows";

    public static final ConfigDef DEFINITION = EventSettings.define(new ConfigDef()
            .define(
                    URL,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    matching(
                            Pattern.quote(POSTGRESQL) + ".+|" + Pattern.quote(MARIADB) + ".+",
                            "jdbc:postgresql://host:port/database or jdbc:mariadb://host:port/database"),
                    Importance.HIGH,
                    "The address of the database.")
            .define(USER, ConfigDef.Type.STRING, "", Importance.HIGH, "The user that reads the outbox.")
            .define(PASSWORD, ConfigDef.Type.PASSWORD, "", Importance.HIGH, "That user's password.")
            .define(
                    OUTBOX,
                    ConfigDef.Type.STRING,
                    "yardmaster_outbox",
                    matching("\\w+(\\.\\w+)?", "the name of a table"),
                    Importance.MEDIUM,
                    "The outbox table.")
            .define(
                    ON_RESTORE,
                    ConfigDef.Type.STRING,
                    FAIL,
                    ValidString.in(FAIL, REREAD),
                    Importance.HIGH,
                    "The reaction when PostgreSQL was restored or failed over, so that its transactions may have the"
                            + " numbers of others that were read before: the task stops (fail), or reads all rows of the"
                            + " outbox again (reread).")
            .define(
                    TIMEOUT,
                    ConfigDef.Type.INT,
                    30_000,
                    between(1_000, 3_600_000),
                    Importance.LOW,
                    "The time limit to connect and for a statement; an answer on the network may take twice as long."
                            + " The driver's own time-outs in the URL have precedence.")
            .define(
                    INTERVAL,
                    ConfigDef.Type.INT,
                    100,
                    between(1, 3_600_000),
                    Importance.MEDIUM,
                    "The wait after a poll that found nothing new.")
            .define(
                    ROWS,
                    ConfigDef.Type.INT,
                    2_000,
                    between(1, 100_000),
                    Importance.LOW,
                    "The most rows that one poll reads."));

    private final AbstractConfig values;

    /**
     * Reads our settings among all of a connector.
     *
     * @throws ConfigException in one line that names the setting
     */
    public PollingSettings(Map<String, String> given) {
        this.values = new AbstractConfig(DEFINITION, given, false);
    }

    private static Validator matching(String pattern, String allowed) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    if (value != null && !value.toString().matches(pattern)) {
                        throw new ConfigException(name, value, "must be " + allowed);
                    }
                },
                () -> allowed);
    }

    public EventSettings events() {
        return new EventSettings(values, Optional.empty());
    }

    public String url() {
        return values.getString(URL);
    }

    public boolean isPostgres() {
        return url().startsWith(POSTGRESQL);
    }

    public String user() {
        return values.getString(USER);
    }

    /** The driver's properties beside the URL. */
    public Map<String, String> login() {
        return Map.of("user", user(), "password", values.getPassword(PASSWORD).value());
    }

    public String outbox() {
        return values.getString(OUTBOX);
    }

    /** True if a restored database is read from the beginning; otherwise the task stops. */
    public boolean readsAgain() {
        return values.getString(ON_RESTORE).equals(REREAD);
    }

    /** The time limit to connect, and for each statement. */
    public Duration databaseTimeout() {
        return Duration.ofMillis(values.getInt(TIMEOUT));
    }

    public Duration interval() {
        return Duration.ofMillis(values.getInt(INTERVAL));
    }

    public int rows() {
        return values.getInt(ROWS);
    }
}
