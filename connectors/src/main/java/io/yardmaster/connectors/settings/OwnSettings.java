package io.yardmaster.connectors.settings;

import java.util.List;
import java.util.Map;
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

    /** The keys among these that the definition lacks, in order. */
    public static List<String> unknown(Map<String, String> given, ConfigDef definition) {
        return given.keySet().stream()
                .filter(key -> key.startsWith(EventSettings.PREFIX))
                .filter(key -> !definition.names().contains(key))
                .sorted()
                .toList();
    }
}
