package io.yardmaster.topology.config;

import io.yardmaster.schemas.serde.AvroSerde;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/** The settings of the serde. The built-in serde reads the known ones, another serde may read any. */
final class SerdeFamilies {
    static final String REGISTRY = "schema.registry.";
    static final String LOGIN = "basic.auth.";
    /** A prefix that is removed from the keys when they are handed on. */
    static final String OTHERS = "serde.";

    private SerdeFamilies() {}

    /** The names of all settings that the built-in serde reads. */
    static Set<String> known() {
        return AvroSerde.settingNames().stream().map(SerdeFamilies::named).collect(Collectors.toSet());
    }

    private static String named(String setting) {
        return isHandedOn(setting) ? setting : OTHERS + setting;
    }

    private static boolean isHandedOn(String key) {
        return key.startsWith(REGISTRY)
                || key.startsWith(LOGIN)
                || key.equals(Settings.VALUE_SERDE.key())
                || key.equals(Settings.AUTO_REGISTER.key());
    }

    /** True if the key is a serde's setting and the serde that these settings name may read it. */
    static boolean isRead(String key, Map<String, String> settings) {
        boolean serdes = isHandedOn(key) || key.startsWith(OTHERS);
        return serdes && (!isBuiltIn(settings) || known().contains(key));
    }

    private static boolean isBuiltIn(Map<String, String> settings) {
        return settings.getOrDefault(Settings.VALUE_SERDE.key(), AvroSerde.class.getName())
                .strip()
                .equals(AvroSerde.class.getName());
    }

    /**
     * The configuration of the serde.
     *
     * @throws InvalidSettingException if the built-in serde refuses it
     */
    static Map<String, String> of(Map<String, String> settings) {
        Map<String, String> serde = new TreeMap<>();
        settings.forEach((key, value) -> {
            if (isHandedOn(key)) {
                serde.put(key, value.strip());
            } else if (key.startsWith(OTHERS)) {
                serde.put(key.substring(OTHERS.length()), value.strip());
            }
        });
        if (isBuiltIn(settings) && serde.containsKey(Settings.REGISTRY_URL.key())) {
            check(serde, settings);
        }
        return Map.copyOf(serde);
    }

    private static void check(Map<String, String> serde, Map<String, String> settings) {
        try {
            AvroSerde.check(serde);
        } catch (ConfigException e) {
            String sentence = e.getMessage();
            String key = new TreeSet<>(settings.keySet())
                    .descendingSet().stream()
                            .filter(one -> isHandedOn(one) || one.startsWith(OTHERS))
                            .filter(one ->
                                    sentence.contains(one.startsWith(OTHERS) ? one.substring(OTHERS.length()) : one))
                            .findFirst()
                            .orElse(Settings.REGISTRY_URL.key());
            throw InvalidSettingException.about(key, sentence);
        }
    }
}
