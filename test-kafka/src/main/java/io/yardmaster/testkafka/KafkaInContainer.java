package io.yardmaster.testkafka;

import io.yardmaster.embedded.BrokerSettings;
import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.common.utils.internals.AppInfoParser;
import org.testcontainers.kafka.KafkaContainer;

/** A Kafka in the official image, in the version of the clients, with the settings of the embedded broker. */
final class KafkaInContainer implements TestKafka {
    /** A busy machine starts a broker in half a minute rather than in five seconds. */
    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final KafkaContainer container = new KafkaContainer("apache/kafka:" + AppInfoParser.getVersion())
            .withStartupTimeout(LONGEST_START)
            // The broker lives for a minute or two, so that the second compiler would cost more than it saves.
            .withEnv("KAFKA_OPTS", "-XX:TieredStopAtLevel=1");

    KafkaInContainer() {
        BrokerSettings.ofOneNode()
                .forEach((setting, value) -> container.withEnv(
                        "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        container.start();
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
    }

    @Override
    public String unique(String name) {
        return name;
    }

    @Override
    public void close() {
        container.stop();
    }
}
