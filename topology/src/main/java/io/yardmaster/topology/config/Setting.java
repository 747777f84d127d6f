package io.yardmaster.topology.config;

import java.util.Map;
import java.util.Optional;

/**
 * One setting.
 *
 * @param fallback the default; empty: there is none
 * @param doc its meaning, in a sentence
 */
public record Setting<T>(String key, String fallback, Kind<T> kind, String doc) {

    /** Ends the sentence "must be ...". */
    public String allowed() {
        return kind.allowed();
    }

    /**
     * The value in these settings, or the default.
     *
     * @throws InvalidSettingException when it is not an allowed one
     */
    public T in(Map<String, String> settings) {
        String text = settings.getOrDefault(key, fallback);
        return kind.parse()
                .apply(text.strip())
                .orElseThrow(() -> InvalidSettingException.value(key, text, "must be " + allowed()));
    }

    /** The value in these settings, or the default; empty if there is neither. */
    public Optional<T> optionalIn(Map<String, String> settings) {
        return settings.containsKey(key) || !fallback.isEmpty() ? Optional.of(in(settings)) : Optional.empty();
    }
}
