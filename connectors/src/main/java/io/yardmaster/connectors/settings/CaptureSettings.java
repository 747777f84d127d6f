package io.yardmaster.connectors.settings;

import static io.yardmaster.connectors.settings.EventSettings.PREFIX;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/** The settings of change data capture: ours, and those passed on to Debezium's connector. */
public final class CaptureSettings {
    public static final String CAPTURE = PREFIX + "capture";
    public static final String ROWS = PREFIX + "rows";
    public static final String OUTBOX = "outbox";
    public static final String STATES = "states";

    public static final String POSTGRES = "io.debezium.connector.postgresql.PostgresConnector";

    /** Set for a task only: the class that Debezium's connector named for it. */
    public static final String TASK = PREFIX + "capture.task";

    public static final ConfigDef DEFINITION = StateSettings.define(EventSettings.define(new ConfigDef()
            .define(
                    CAPTURE,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    new ConfigDef.NonEmptyString(),
                    Importance.HIGH,
                    "The class of Debezium's connector, whose settings go beside ours: "
                            + "io.debezium.connector.postgresql.PostgresConnector, "
                            + "io.debezium.connector.mariadb.MariaDbConnector or "
                            + "io.debezium.connector.mysql.MySqlConnector.")
            .define(
                    ROWS,
                    ConfigDef.Type.STRING,
                    OUTBOX,
                    ValidString.in(OUTBOX, STATES),
                    Importance.HIGH,
                    "The kind of the captured tables: the outbox, each new row of which is an event, or tables of tasks"
                            + " and jobs, whose states are (states).")));

    private final Map<String, String> given;
    private final AbstractConfig values;

    /**
     * Reads our settings among all of a connector.
     *
     * @throws org.apache.kafka.common.config.ConfigException in one line that names the setting
     */
    public CaptureSettings(Map<String, String> given) {
        this.given = Map.copyOf(given);
        this.values = new AbstractConfig(DEFINITION, given, false);
    }

    public EventSettings events() {
        boolean states = values.getString(ROWS).equals(STATES);
        return new EventSettings(values, states ? Optional.of(new StateSettings(values)) : Optional.empty());
    }

    public String connectorClass() {
        return values.getString(CAPTURE);
    }

    public String taskClass() {
        String name = given.get(TASK);
        if (name == null) {
            throw new ConfigException(TASK + " is missing");
        }
        return name;
    }

    public boolean isPostgres() {
        return connectorClass().equals(POSTGRES);
    }

    /** The tables beside ours that Debezium uses itself. */
    public HelperTables helperTables() {
        return new HelperTables(given);
    }

    /** The settings for Debezium's connector: all that are not ours, and those that fix the form of its records. */
    public Map<String, String> debezium() {
        Map<String, String> settings = new HashMap<>(given);
        settings.keySet().removeIf(key -> key.startsWith(PREFIX));
        settings.put("connector.class", connectorClass());
        settings.put("extended.headers.enabled", "false");
        settings.put("tombstones.on.delete", "false");
        settings.put("provide.transaction.metadata", "false");
        // Exact numbers and the columns' SQL types; otherwise a big unsigned number would become a negative one.
        settings.put("decimal.handling.mode", "precise");
        settings.put("column.propagate.source.type", ".*");
        if (!isPostgres()) {
            settings.put("bigint.unsigned.handling.mode", "precise");
        }
        return settings;
    }

    /** Our part of the given settings. */
    public Map<String, String> own() {
        Map<String, String> settings = new HashMap<>(given);
        settings.keySet().removeIf(key -> !key.startsWith(PREFIX));
        return settings;
    }
}
