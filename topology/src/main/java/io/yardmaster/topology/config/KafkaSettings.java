package io.yardmaster.topology.config;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings of Kafka Streams and its clients, which have the prefix {@code kafka.} here. A key is known if Kafka
 * Streams, a Kafka client or Kafka's metrics reporter reads it, or a client behind a prefix of Streams. If a setting
 * names a class that is not Kafka's own, such as an interceptor, any key is known, because that class may read it.
 */
final class KafkaSettings {
    static final String PREFIX = "kafka.";
    private static final List<ConfigDef> DEFINITIONS = List.of(
            StreamsConfig.configDef(),
            ConsumerConfig.configDef(),
            ProducerConfig.configDef(),
            AdminClientConfig.configDef());

    /** Settings that the scheduler sets itself, with the reason for refusing them. */
    private static final Map<String, String> FIXED = Map.of(
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            "cannot be set, it is always exactly_once_v2",
            StreamsConfig.STATE_DIR_CONFIG,
            "cannot be set, state.dir names the directory",
            StreamsConfig.APPLICATION_SERVER_CONFIG,
            "cannot be set, http.advertised names the address",
            StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
            "cannot be set, topic.dead-letter names the topic",
            StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
            "cannot be set, dead letters need their own",
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
            "cannot be set, dead letters need their own",
            StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
            "cannot be set, the scheduler has its own",
            StreamsConfig.producerPrefix(ProducerConfig.PARTITIONER_CLASS_CONFIG),
            "cannot be set, the scheduler has its own",
            StreamsConfig.producerPrefix(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG),
            "cannot be set, the scheduler has its own");

    /** Prefix of the settings of configuration providers, whose names Kafka defines nowhere. */
    private static final String PROVIDERS = AbstractConfig.CONFIG_PROVIDERS_CONFIG;

    private static final Map<String, Set<String>> BEHIND_PREFIXES = Map.of(
            StreamsConfig.MAIN_CONSUMER_PREFIX, ConsumerConfig.configNames(),
            StreamsConfig.RESTORE_CONSUMER_PREFIX, ConsumerConfig.configNames(),
            StreamsConfig.GLOBAL_CONSUMER_PREFIX, ConsumerConfig.configNames(),
            StreamsConfig.CONSUMER_PREFIX, ConsumerConfig.configNames(),
            StreamsConfig.PRODUCER_PREFIX, ProducerConfig.configNames(),
            StreamsConfig.ADMIN_CLIENT_PREFIX, AdminClientConfig.configNames(),
            StreamsConfig.TOPIC_PREFIX, constants(TopicConfig.class));

    private static final Set<String> KNOWN = allKnown();

    private KafkaSettings() {}

    /** The names, with their prefix, of all settings that Kafka itself reads. */
    static Set<String> known() {
        return KNOWN;
    }

    private static Set<String> allKnown() {
        Set<String> names = new HashSet<>(JmxReporter.RECONFIGURABLE_CONFIGS);
        DEFINITIONS.forEach(definition -> names.addAll(definition.names()));
        names.addAll(constants(StreamsConfig.InternalConfig.class));
        BEHIND_PREFIXES.forEach((prefix, ofClient) -> ofClient.forEach(name -> names.add(prefix + name)));
        return names.stream().map(name -> PREFIX + name).collect(Collectors.toUnmodifiableSet());
    }

    /** The values of a class's public text constants, because Kafka lists these settings nowhere else. */
    private static Set<String> constants(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(field -> {
                    try {
                        return (String) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .filter(value -> value.matches("[\\w.]+"))
                .collect(Collectors.toSet());
    }

    /** True if Kafka, or a class that these settings name, may read this key, which has the prefix. */
    static boolean isRead(String key, Map<String, String> settings) {
        return KNOWN.contains(key)
                || key.startsWith(PREFIX + PROVIDERS)
                || settings.entrySet().stream().anyMatch(one -> namesForeignClass(one.getKey(), one.getValue()));
    }

    private static boolean namesForeignClass(String key, String value) {
        return key.startsWith(PREFIX)
                && KNOWN.contains(key)
                && key.matches(".*(class|classes|reporters|providers|strategy|setter|handler|wrapper)")
                && Arrays.stream(value.split(",", -1))
                        .map(String::strip)
                        .anyMatch(name -> name.contains(".") && !name.startsWith("org.apache.kafka."));
    }

    /** @throws InvalidSettingException when Kafka knows the key and would refuse the value */
    static Map<String, String> from(Map<String, String> settings) {
        Map<String, String> kafka = new HashMap<>();
        settings.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                kafka.put(key.substring(PREFIX.length()), value);
            }
        });
        kafka.put(StreamsConfig.APPLICATION_ID_CONFIG, Settings.APPLICATION_ID.in(settings));
        kafka.put(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                Settings.STREAM_THREADS.in(settings).toString());
        FIXED.forEach((key, why) -> {
            String value = kafka.get(key);
            if (value != null) {
                throw InvalidSettingException.value(PREFIX + key, value, why);
            }
        });
        DEFINITIONS.forEach(definition -> check(definition, kafka));
        return Map.copyOf(kafka);
    }

    private static void check(ConfigDef definition, Map<String, String> kafka) {
        for (ConfigValue value : definition.validate(kafka)) {
            String text = kafka.get(value.name());
            if (text != null && !value.errorMessages().isEmpty()) {
                throw InvalidSettingException.value(
                        PREFIX + value.name(),
                        text,
                        problem(value.errorMessages().get(0), value.name()));
            }
        }
    }

    /** Kafka's sentence without its beginning, because that repeats the key and may show a secret value. */
    private static String problem(String message, String name) {
        int end = message.indexOf(name);
        String rest = end < 0 ? message : message.substring(end + name.length());
        return rest.replaceFirst("^[:\\s]+", "");
    }
}
