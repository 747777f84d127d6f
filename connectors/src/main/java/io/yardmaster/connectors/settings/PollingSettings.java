package io.yardmaster.connectors.settings;

import static io.yardmaster.connectors.settings.EventSettings.PREFIX;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The settings of polling. */
public final class PollingSettings {
    public static final String OUTBOX = PREFIX + "outbox";

    public static final String ON_RESTORE = PREFIX + "on.restore";
    public static final String FAIL = "fail";
    public static final String REREAD = "reread";

    private static final String INTERVAL = PREFIX + "poll.interval.ms";
    private static final String ROWS = PREFIX + "poll.rows";

    public static final ConfigDef DEFINITION = EventSettings.define(DatabaseSettings.define(new ConfigDef())
            .define(
                    OUTBOX,
                    ConfigDef.Type.STRING,
                    "yardmaster_outbox",
                    DatabaseSettings.matching("\\w+(\\.\\w+)?", "the name of a table"),
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
     * @throws org.apache.kafka.common.config.ConfigException in one line that names the setting
     */
    public PollingSettings(Map<String, String> given) {
        this.values = new AbstractConfig(DEFINITION, given, false);
    }

    public EventSettings events() {
        return new EventSettings(values, Optional.empty());
    }

    public DatabaseSettings database() {
        return DatabaseSettings.from(values);
    }

    public String outbox() {
        return values.getString(OUTBOX);
    }

    /** True if a restored database is read from the beginning; otherwise the task stops. */
    public boolean readsAgain() {
        return values.getString(ON_RESTORE).equals(REREAD);
    }

    public Duration interval() {
        return Duration.ofMillis(values.getInt(INTERVAL));
    }

    public int rows() {
        return values.getInt(ROWS);
    }
}
