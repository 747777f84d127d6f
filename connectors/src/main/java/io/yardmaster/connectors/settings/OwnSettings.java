package io.yardmaster.connectors.settings;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** Keys that begin like ours. */
public final class OwnSettings {
    private OwnSettings() {}

    /** Those that no connector of this definition has, in order. */
    public static List<String> unknown(Map<String, String> given, ConfigDef definition) {
        return given.keySet().stream()
                .filter(key -> key.startsWith(EventSettings.PREFIX))
                .filter(key -> !definition.names().contains(key))
                .sorted()
                .toList();
    }
}
