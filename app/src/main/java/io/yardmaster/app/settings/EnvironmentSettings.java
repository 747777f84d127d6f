package io.yardmaster.app.settings;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Settings in variables: {@code YARDMASTER_ACTIVE_JOBS} is {@code active.jobs}. As in Kafka's container images one
 * underscore stands for a dot, two for a dash, three for an underscore: {@code YARDMASTER_TOPIC_DEAD__LETTER} is
 * {@code topic.dead-letter}, {@code YARDMASTER_KAFKA_BOOTSTRAP_SERVERS} is {@code kafka.bootstrap.servers}.
 */
final class EnvironmentSettings {
    private static final String PREFIX = "YARDMASTER_";

    /** Variables of the start script, and those that Kubernetes sets in each pod beside a service called yardmaster. */
    private static final Pattern NOT_SETTINGS = Pattern.compile(
            PREFIX + "(JAVA_OPTS|(.+_)?SERVICE_(HOST|PORT(_.*)?)|(.+_)?PORT(_\\d+_(TCP|UDP|SCTP)(_.*)?)?)");

    private EnvironmentSettings() {}

    static Map<String, Sourced> read(Map<String, String> environment) {
        Map<String, Sourced> settings = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !NOT_SETTINGS.matcher(name).matches()) {
                settings.put(key(name), new Sourced(value, name));
            }
        });
        return settings;
    }

    private static String key(String name) {
        return name.substring(PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace("___", "\0")
                .replace("__", "-")
                .replace('_', '.')
                .replace('\0', '_');
    }
}
