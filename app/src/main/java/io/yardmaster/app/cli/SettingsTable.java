package io.yardmaster.app.cli;

import io.yardmaster.app.settings.LayeredSettings;
import io.yardmaster.topology.config.Secrets;
import io.yardmaster.topology.config.Setting;
import io.yardmaster.topology.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lines that show settings. */
final class SettingsTable {
    private SettingsTable() {}

    /** Every setting with its value, secrets masked, and its origin. */
    static List<String> inEffect(LayeredSettings settings) {
        Map<String, String> values = new LinkedHashMap<>();
        Settings.ALL.forEach(setting -> values.put(setting.key(), setting.fallback()));
        values.putAll(Settings.topicNames(settings.scheduler().topics()));
        values.putAll(new TreeMap<>(settings.values()));
        int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>(List.of("Settings:"));
        values.forEach((key, value) -> {
            String origin = settings.origin(key).orElse(value.isEmpty() ? "not set" : "default");
            String line = "   %-" + width + "s = %s  (%s)";
            lines.add(line.formatted(key, Secrets.mask(key, value), origin).replace("=   (", "=  ("));
        });
        return lines;
    }

    /** A Markdown table of all settings. */
    static List<String> reference() {
        List<String> lines = new ArrayList<>(List.of("| setting | default | allowed | meaning |", "|---|---|---|---|"));
        for (Setting<?> setting : Settings.ALL) {
            String fallback = setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`";
            lines.add("| `%s` | %s | %s | %s |".formatted(setting.key(), fallback, setting.allowed(), setting.doc()));
        }
        Settings.FAMILIES.forEach((prefix, doc) -> lines.add("| `%s*` | | | %s |".formatted(prefix, doc)));
        return lines;
    }
}
