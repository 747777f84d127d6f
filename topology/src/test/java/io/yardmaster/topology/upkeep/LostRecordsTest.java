package io.yardmaster.topology.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LostRecordsTest {
    private static final TopicPartition P = new TopicPartition("ready", 0);

    private final LostRecords lost = new LostRecords(topic -> "group");

    @Test
    void eachIsCountedOnce() {
        lost.check(Map.of(P, 5L), Map.of(P, 5L));
        assertThat(lost.of("ready")).isZero();
        lost.check(Map.of(P, 5L), Map.of(P, 9L));
        lost.check(Map.of(P, 5L), Map.of(P, 9L));
        assertThat(lost.of("ready")).isEqualTo(4);
        lost.check(Map.of(P, 5L), Map.of(P, 10L));
        assertThat(lost.of("ready")).isEqualTo(5);
        lost.check(Map.of(P, 12L), Map.of(P, 11L));
        lost.check(Map.of(P, 12L), Map.of(P, 14L));
        assertThat(lost.of("ready")).isEqualTo(7);
    }

    @Test
    void thoseOfPoolsCountInTheDispatchTopic() {
        lost.check(
                Map.of(new TopicPartition("dispatch.gpu", 1), 2L), Map.of(new TopicPartition("dispatch.gpu", 1), 5L));
        lost.check(Map.of(new TopicPartition("dispatched", 0), 2L), Map.of(new TopicPartition("dispatched", 0), 9L));
        assertThat(lost.of("dispatch")).isEqualTo(3);
    }
}
