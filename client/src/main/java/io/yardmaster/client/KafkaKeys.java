package io.yardmaster.client;

import io.yardmaster.schemas.Nearest;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;

/**
 * Finds misspelt keys of Kafka's clients. A key that is near none of theirs may be one of Kafka Streams, since the scheduler may be given the
 * same settings, or one of a class that another setting names.
 */
final class KafkaKeys {
    private static final Set<String> KNOWN = known();

    /** Keys of Kafka Streams that look like misspelt ones of its clients. */
    private static final Set<String> OF_STREAMS = Set.of("commit.interval.ms", "rack.aware.assignment.strategy");

    /** Kafka Streams hands on keys behind these to one of its clients. */
    private static final String HANDED_ON = "(((main|restore|global)\\.)?consumer|producer|admin|topic)\\..*";

    private KafkaKeys() {}

    private static Set<String> known() {
        Set<String> names = new TreeSet<>(ConsumerConfig.configNames());
        names.addAll(ProducerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        return names;
    }

    /**
     * Passes over keys without the prefix.
     *
     * @throws ConfigException if one is misspelt
     */
    static void check(Collection<String> keys) {
        for (String key : new TreeSet<>(keys)) {
            if (key.startsWith(ClientSettings.PREFIX)) {
                check(key.substring(ClientSettings.PREFIX.length()));
            }
        }
    }

    private static void check(String name) {
        if (!KNOWN.contains(name) && !OF_STREAMS.contains(name) && !name.matches(HANDED_ON)) {
            Nearest.to(name, KNOWN).ifPresent(nearest -> {
                throw new ConfigException("unknown setting %1$s%2$s: the nearest known one is %1$s%3$s"
                        .formatted(ClientSettings.PREFIX, name, nearest));
            });
        }
    }
}
