package io.yardmaster.topology.config;

import java.util.Map;
import java.util.Optional;

/**
 * One setting.
 *
 * @param fallback what holds where it is not set; empty: nothing does
 * @param doc what it is for, in one sentence
 */
public record Setting<T>(String key, String fallback, Kind<T> kind, String doc) {

    /** Ends the sentence "must be ...". */
    public String allowed() {
        return kind.allowed();
    }

    /**
     * The value that holds under these settings.
     *
     * @throws InvalidSettingException when it is not an allowed one
     */
    public T in(Map<String, String> settings) {
        String text = settings.getOrDefault(key, fallback);
        return kind.parse()
                .apply(text.strip())
                .orElseThrow(() -> InvalidSettingException.value(key, text, "must be " + allowed()));
    }

    /** As {@link #in}, but empty where nothing is set and there is no default. */
    public Optional<T> optionalIn(Map<String, String> settings) {
        return settings.containsKey(key) || !fallback.isEmpty() ? Optional.of(in(settings)) : Optional.empty();
    }
}
