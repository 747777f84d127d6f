package io.yardmaster.connectors.settings;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/** Keys that begin with our prefix. */
public final class OwnSettings {
    private OwnSettings() {}

    /** Adds the unknown keys among these to a validation; Connect itself reports values without a definition. */
    public static Config reportUnknown(Config validated, Map<String, String> given, ConfigDef definition) {
        unknown(given, definition).forEach(key -> validated.configValues().add(new ConfigValue(key)));
        return validated;
    }

    private static boolean isOfClient(String key, ConfigDef definition) {
        return definition.names().contains(ResultsSettings.SERVERS)
                && key.startsWith(ResultsSettings.KAFKA)
                && AdminClientConfig.configNames().contains(key.substring(ResultsSettings.KAFKA.length()));
    }

    /** The keys among these that the definition lacks, in order. */
    public static List<String> unknown(Map<String, String> given, ConfigDef definition) {
        return given.keySet().stream()
                .filter(key -> key.startsWith(EventSettings.PREFIX))
                .filter(key -> !definition.names().contains(key))
                .filter(key -> !isOfClient(key, definition))
                .sorted()
                .toList();
    }
}
