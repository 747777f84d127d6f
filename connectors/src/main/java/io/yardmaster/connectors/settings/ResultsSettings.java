package io.yardmaster.connectors.settings;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** The settings of the way back: outcomes and events into tables. */
public final class ResultsSettings {
    /** The settings of our serde, which are not under our prefix because other tools know them by these names. */
    public static final String REGISTRY = "schema.registry.url";

    /** Settings of a client of Kafka: Connect does not hand on its own. */
    static final String KAFKA = EventSettings.PREFIX + "kafka.";

    static final String SERVERS = KAFKA + CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

    public static final ConfigDef DEFINITION = DatabaseSettings.define(new ConfigDef())
            .define(
                    REGISTRY,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    Importance.HIGH,
                    "The schema registry's address, or several with commas; the serde's other settings go beside it.")
            .define(
                    SERVERS,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    new ConfigDef.NonEmptyString(),
                    Importance.HIGH,
                    "Kafka's addresses, as the worker's bootstrap.servers, to notice records that were deleted before they"
                            + " became rows; other settings of a client go beside it with the same prefix.");

    private final Map<String, String> given;
    private final DatabaseSettings database;

    /**
     * Reads our settings among all of a connector.
     *
     * @throws org.apache.kafka.common.config.ConfigException in one line that names the setting
     */
    public ResultsSettings(Map<String, String> given) {
        this.given = Map.copyOf(given);
        this.database = DatabaseSettings.from(new AbstractConfig(DEFINITION, given, false));
    }

    public DatabaseSettings database() {
        return database;
    }

    /** The settings of a client of Kafka. */
    public Map<String, Object> kafka() {
        Map<String, Object> client = new HashMap<>();
        given.forEach((key, value) -> {
            if (key.startsWith(KAFKA)) {
                client.put(key.substring(KAFKA.length()), value);
            }
        });
        return client;
    }

    /** The settings of the serde, which passes over all others. */
    public Map<String, String> serde() {
        return new HashMap<>(given);
    }
}
