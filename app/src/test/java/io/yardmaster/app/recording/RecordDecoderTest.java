package io.yardmaster.app.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.Topic;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {
    private static final SchedulerConfig CONFIG = SchedulerConfig.from(Map.of(
            "kafka.bootstrap.servers", "localhost:9092",
            "kafka.application.id", "decoder",
            "schema.registry.url", "mock://decoder"));

    @Test
    void aRecordThatTellsAHostSomethingIsLeftOut() {
        String gpu = CONFIG.topics().dispatch("gpu");
        try (RecordDecoder decoder = new RecordDecoder(CONFIG, 1, Map.of(gpu, "gpu"), false)) {
            assertThat(decoder.decode(new ConsumerRecord<>(gpu, 0, 5, new byte[8], null)))
                    .isEmpty();
            String sessions = CONFIG.topics().of(Topic.SESSIONS);
            assertThat(decoder.decode(new ConsumerRecord<>(sessions, 0, 5, new byte[8], null)))
                    .isPresent();
        }
    }
}
