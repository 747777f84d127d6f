package io.yardmaster.topology.upkeep;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;

/** Settings that topics need so that they lose no records, and those with which they may. */
public final class TopicLosses {
    private static final String FOREVER = "-1";

    /**
     * For the lanes, graphs, commands, outcomes, offers, and the dispatch topic and those of pools: they keep each record until it was taken, regardless of its
     * timestamp and of the time that this takes. The scheduler deletes records that were taken.
     */
    public static final Map<String, String> KEPT = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            FOREVER,
            TopicConfig.RETENTION_BYTES_CONFIG,
            FOREVER);

    /**
     * For those of them that the scheduler or execution managers write: a broker refuses records that a clock an hour ahead of its
     * own has stamped.
     */
    public static final Map<String, String> KEPT_BY_BROKERS_CLOCK = byBrokersClock();

    private TopicLosses() {}

    private static Map<String, String> byBrokersClock() {
        Map<String, String> configs = new HashMap<>(KEPT);
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.name);
        return Map.copyOf(configs);
    }

    /**
     * The settings that are not as they must be.
     *
     * @param actual settings of a topic; those that are not here are taken to be right
     */
    public static Map<String, String> in(Map<String, String> actual, Map<String, String> wanted) {
        Map<String, String> wrong = new TreeMap<>();
        wanted.forEach((key, value) -> {
            if (!actual.getOrDefault(key, value).equals(value)) {
                wrong.put(key, actual.get(key));
            }
        });
        return wrong;
    }

    /** A line for people about a topic with such settings, with the command that mends it. */
    public static String line(String topic, Map<String, String> wrong, Map<String, String> wanted) {
        String mended =
                wrong.keySet().stream().map(key -> key + "=" + wanted.get(key)).collect(Collectors.joining(","));
        String actual = wrong.entrySet().stream().map(Object::toString).collect(Collectors.joining(", "));
        return ("topic %s may lose records that nobody has taken yet: it has %s"
                        + " (kafka-configs.sh --alter --topic %s --add-config %s mends it)")
                .formatted(topic, actual, topic, mended);
    }
}
