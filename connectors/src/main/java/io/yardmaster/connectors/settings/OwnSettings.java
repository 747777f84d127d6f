package io.yardmaster.connectors.settings;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** Keys that begin with our prefix. */
public final class OwnSettings {
    private OwnSettings() {}

    /** The keys among these that the definition lacks, in order. */
    public static List<String> unknown(Map<String, String> given, ConfigDef definition) {
        return given.keySet().stream()
                .filter(key -> key.startsWith(EventSettings.PREFIX))
                .filter(key -> !definition.names().contains(key))
                .sorted()
                .toList();
    }
}
