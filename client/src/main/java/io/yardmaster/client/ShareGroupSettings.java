package io.yardmaster.client;

import io.yardmaster.schemas.TopicNames;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigException;

/**
 * The configuration that a share group needs in the broker, out of an execution manager's settings: each key that
 * begins with {@code share.} and is not a consumer's own. All execution managers of the group must agree.
 */
final class ShareGroupSettings {
    static final String CHECK = "dispatch.group.check";

    private static final String PREFIX = "share.";
    private static final String DELIVERY_LIMIT = "share.delivery.count.limit";

    /**
     * With other values assignments of aborted transactions would run, and those longer than a lock would run twice.
     */
    private static final Map<String, String> FIXED =
            Map.of("share.isolation.level", "read_committed", "share.renew.acknowledge.enable", "true");

    /** With Kafka's default nobody would run an assignment dispatched before the group's first member joined. */
    private static final Map<String, String> DEFAULTS = Map.of("share.auto.offset.reset", "earliest");

    private final Map<String, String> deadLetters;
    private final TreeMap<String, String> wanted = new TreeMap<>();
    private final boolean checked;

    ShareGroupSettings(Map<String, String> settings) {
        settings.forEach((key, value) -> {
            boolean prefixed = key.startsWith(ClientSettings.PREFIX);
            String name = prefixed ? key.substring(ClientSettings.PREFIX.length()) : key;
            if (name.startsWith(PREFIX) && !ConsumerConfig.configNames().contains(name)) {
                wanted.merge(name, value, (first, second) -> prefixed ? second : first);
            }
        });
        DEFAULTS.forEach(wanted::putIfAbsent);
        FIXED.forEach((key, only) -> {
            if (!wanted.getOrDefault(key, only).equals(only)) {
                throw new ConfigException(key, wanted.get(key), "an execution manager needs " + only);
            }
        });
        wanted.putAll(FIXED);
        checked = checked(settings);
        deadLetters = Map.of(
                "errors.deadletterqueue.topic.name",
                TopicNames.from(settings).deadLetter(),
                "errors.deadletterqueue.copy.record.enable",
                "true");
    }

    /** True if the group is checked before it is joined. */
    static boolean checked(Map<String, String> settings) {
        String check = settings.getOrDefault(CHECK, "true");
        if (!check.equals("true") && !check.equals("false")) {
            throw new ConfigException(CHECK, check, "must be true or false");
        }
        return check.equals("true");
    }

    /** False if the operator answers for the group's configuration. */
    boolean checked() {
        return checked;
    }

    /** The wanted settings that differ from the actual ones. */
    Map<String, String> missingIn(Map<String, String> actual) {
        var missing = new TreeMap<>(wanted);
        missing.entrySet().removeIf(entry -> entry.getValue().equals(actual.get(entry.getKey())));
        return missing;
    }

    /**
     * The settings that the group lacks for dead letters of records that it gives up; none if the broker cannot write
     * them.
     */
    Map<String, String> missingForDeadLetters(Map<String, String> actual) {
        var missing = new TreeMap<>(deadLetters);
        missing.entrySet()
                .removeIf(entry ->
                        !actual.containsKey(entry.getKey()) || entry.getValue().equals(actual.get(entry.getKey())));
        return missing;
    }

    /** The group's configured limit, or else the wanted one. */
    DeliveryLimit deliveryLimit(Map<String, String> actual) {
        return Optional.ofNullable(actual.get(DELIVERY_LIMIT))
                .or(() -> Optional.ofNullable(wanted.get(DELIVERY_LIMIT)))
                .map(limit -> new DeliveryLimit(Integer.parseInt(limit)))
                .orElse(DeliveryLimit.DEFAULT);
    }

    /** The format of {@code kafka-configs --add-config}. */
    static String line(Map<String, String> configs) {
        return configs.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
