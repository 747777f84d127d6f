package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstanceStatusTest {
    @ParameterizedTest
    @EnumSource(
            value = KafkaStreams.State.class,
            names = {"CREATED", "REBALANCING", "RUNNING", "PENDING_SHUTDOWN"})
    void isLiveWhileItStartsRebalancesRestoresRunsAndStops(KafkaStreams.State state) {
        assertThat(InstanceStatus.isLive(state)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = KafkaStreams.State.class,
            names = {"PENDING_ERROR", "ERROR", "NOT_RUNNING"})
    void isNotLiveWhenOnlyANewStartWouldHelp(KafkaStreams.State state) {
        assertThat(InstanceStatus.isLive(state)).isFalse();
    }
}
