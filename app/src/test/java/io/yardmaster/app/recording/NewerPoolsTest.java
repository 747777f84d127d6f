package io.yardmaster.app.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.TopicNames;
import io.yardmaster.topology.config.SchedulerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class NewerPoolsTest {
    private static final TopicNames NAMES = SchedulerConfig.from(Map.of(
                    "kafka.bootstrap.servers", "localhost:9092",
                    "kafka.application.id", "newer",
                    "schema.registry.url", "mock://newer"))
            .topics();

    @Test
    void aPoolThatTheRecordingDoesNotHaveIsNamed() {
        try (MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none")) {
            consumer.updatePartitions(NAMES.dispatch("gpu"), new ArrayList<>());
            consumer.updatePartitions(NAMES.dispatch("big"), new ArrayList<>());
            assertThat(NewerPools.notices(consumer, NAMES, List.of("gpu")))
                    .containsExactly("the pool big is newer than this recording, which has none of its assignments");
        }
    }

    @Test
    void aKafkaThatDoesNotAnswerLeavesTheRecordingWhole() {
        try (MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none") {
            @Override
            public Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
                throw new TimeoutException("Timeout expired while fetching topic metadata");
            }
        }) {
            assertThat(NewerPools.notices(consumer, NAMES, List.of("gpu")))
                    .containsExactly(
                            "the recording is complete, but Kafka does not say whether there are newer pools, of which it has no assignments: Timeout expired while fetching topic metadata");
        }
    }
}
