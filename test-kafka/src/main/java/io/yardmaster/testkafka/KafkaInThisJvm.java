package io.yardmaster.testkafka;

import io.yardmaster.embedded.EmbeddedKafka;
import java.nio.file.Path;

final class KafkaInThisJvm implements TestKafka {
    private final EmbeddedKafka kafka;

    KafkaInThisJvm(Path directory) {
        kafka = EmbeddedKafka.start(directory, 0);
    }

    @Override
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    @Override
    public String unique(String name) {
        return name;
    }

    @Override
    public void close() {
        kafka.close();
    }
}
