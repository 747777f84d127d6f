package io.yardmaster.topology.config;

import io.yardmaster.schemas.TopicNames;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks that Kafka accepts the topics' names, and takes them for different topics. */
final class TopicRules {
    private static final Pattern LEGAL = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    private TopicRules() {}

    static void check(TopicNames names, Map<String, String> settings) {
        Map<String, String> keyOfName = new HashMap<>();
        Settings.topicNames(names).forEach((ownKey, name) -> {
            boolean own = settings.containsKey(ownKey);
            String key = own ? ownKey : TopicNames.PREFIX_SETTING;
            String value = own ? name : settings.getOrDefault(key, TopicNames.DEFAULT_PREFIX);
            if (!LEGAL.matcher(name).matches()) {
                throw InvalidSettingException.value(
                        key, value, "a topic's name must be 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'");
            }
            // Kafka takes a dot and an underscore for the same, because its metrics' names use one for the other.
            String other = keyOfName.putIfAbsent(name.replace('.', '_'), ownKey);
            if (other != null) {
                throw InvalidSettingException.value(key, value, "must differ from the name that " + other + " has");
            }
        });
    }
}
