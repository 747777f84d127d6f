package io.yardmaster.app.storage;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Picks the settings that each kind of client understands out of those for all clients. */
public final class KafkaClients {
    private KafkaClients() {}

    public static Map<String, Object> producer(Map<String, String> kafka) {
        Map<String, Object> config = only(ProducerConfig.configNames(), kafka);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        return config;
    }

    /** Settings of a consumer that is in no group and sees only committed records. */
    public static Map<String, Object> reader(Map<String, String> kafka) {
        Map<String, Object> config = only(ConsumerConfig.configNames(), kafka);
        config.keySet().removeAll(Set.of(ConsumerConfig.GROUP_ID_CONFIG, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return config;
    }

    public static Map<String, Object> admin(Map<String, String> kafka) {
        return only(AdminClientConfig.configNames(), kafka);
    }

    private static Map<String, Object> only(Set<String> known, Map<String, String> settings) {
        Map<String, Object> config = new HashMap<>(settings);
        config.keySet().retainAll(known);
        return config;
    }
}
