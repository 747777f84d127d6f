package io.yardmaster.app.settings;

import io.yardmaster.topology.config.InvalidSettingException;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Settings from all sources, each with its origin. Immutable. */
public final class LayeredSettings {
    /** The origin of settings from the command line. */
    public static final String OPTION = "--set";

    private final Map<String, Sourced> settings;

    private LayeredSettings(Map<String, Sourced> settings) {
        this.settings = settings;
    }

    /**
     * Merges the sources; later ones win.
     *
     * @param assignments texts of the form {@code key=value}
     * @throws SettingsException when one of them cannot be read
     */
    public static LayeredSettings load(Optional<Path> file, Map<String, String> environment, List<String> assignments) {
        Map<String, Sourced> merged = new TreeMap<>();
        file.map(PropertiesFile::read).ifPresent(merged::putAll);
        merged.putAll(EnvironmentSettings.read(environment));
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals <= 0) {
                throw new SettingsException("--set " + assignment + ": must be key=value");
            }
            String key = assignment.substring(0, equals).strip();
            merged.put(key, new Sourced(assignment.substring(equals + 1).strip(), OPTION));
        }
        return new LayeredSettings(merged);
    }

    /** These settings and one more, which wins. */
    public LayeredSettings with(String key, String value, String origin) {
        Map<String, Sourced> more = new TreeMap<>(settings);
        more.put(key, new Sourced(value, origin));
        return new LayeredSettings(more);
    }

    /** These settings without some. */
    public LayeredSettings without(Collection<String> keys) {
        Map<String, Sourced> fewer = new TreeMap<>(settings);
        fewer.keySet().removeAll(keys);
        return new LayeredSettings(fewer);
    }

    /** The keys that are set, in alphabetical order. */
    public List<String> keys() {
        return List.copyOf(settings.keySet());
    }

    public Map<String, String> values() {
        return settings.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .value()));
    }

    /** The origin of a setting, in words; empty if it is not set. */
    public Optional<String> origin(String key) {
        return Optional.ofNullable(settings.get(key)).map(Sourced::origin);
    }

    /**
     * Reads something from the settings.
     *
     * @throws SettingsException in place of {@link InvalidSettingException}, naming the wrong setting's origin too
     */
    public <T> T read(Function<Map<String, String>, T> reader) {
        try {
            return reader.apply(values());
        } catch (InvalidSettingException e) {
            String where = origin(e.key()).map(origin -> " (" + origin + ")").orElse("");
            throw new SettingsException(e.getMessage() + where, e);
        }
    }

    /** All settings, checked. Throws as {@link #read} does. */
    public SchedulerConfig scheduler() {
        return read(SchedulerConfig::from);
    }
}
