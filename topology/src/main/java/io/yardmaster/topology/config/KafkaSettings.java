package io.yardmaster.topology.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.streams.StreamsConfig;

/** The settings that are Kafka's: {@code kafka.} is their prefix here and is not there. */
final class KafkaSettings {
    static final String PREFIX = "kafka.";
    private static final List<ConfigDef> DEFINITIONS = List.of(
            StreamsConfig.configDef(),
            ConsumerConfig.configDef(),
            ProducerConfig.configDef(),
            AdminClientConfig.configDef());

    private KafkaSettings() {}

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

    /** Kafka's sentence without its beginning, which repeats the key and may show a secret value. */
    private static String problem(String message, String name) {
        int end = message.indexOf(name);
        String rest = end < 0 ? message : message.substring(end + name.length());
        return rest.replaceFirst("^[:\\s]+", "");
    }
}
