package io.yardmaster.app.access;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.SaslConfigs;

/** The user as which a client logs in to Kafka, if its settings name one. */
public final class Principal {
    private static final Pattern USER = Pattern.compile("\\busername\\s*=\\s*(\"([^\"]*)\"|'([^']*)'|([^\\s;]+))");

    private Principal() {}

    /** {@code User:name} where the settings name a user, else {@code this client}. */
    public static String of(Map<String, String> kafka) {
        Matcher user = USER.matcher(kafka.getOrDefault(SaslConfigs.SASL_JAAS_CONFIG, ""));
        if (!user.find()) {
            return "this client";
        }
        for (int group = 2; group <= 4; group++) {
            if (user.group(group) != null) {
                return "User:" + user.group(group);
            }
        }
        return "this client";
    }
}
