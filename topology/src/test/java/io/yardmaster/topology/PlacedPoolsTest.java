package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.junit.jupiter.api.Test;

class PlacedPoolsTest {
    private static final String GPU = "gpu";

    private final KeyValueStore<Bytes, byte[]> state = new InMemoryKeyValueStore("state");
    private PlacedPools pools = new PlacedPools(state);

    private void restart() {
        pools = new PlacedPools(state);
    }

    @Test
    void P7_aFailoverKeepsTheNumbersOfAssignmentsThatWereHandedOver() {
        state.put(Bytes.wrap(new byte[] {(byte) 0xFE}), new byte[1]);
        state.put(Bytes.wrap(new byte[] {(byte) 0xFE, 2, 'g'}), new byte[1]);
        pools.follow(Set.of(GPU, "tape"), 10, Long.MAX_VALUE);
        pools.follow(Set.of("tape"), 20, 12);
        restart();
        assertThat(pools.names()).containsExactly(GPU, "tape");
        assertThat(pools.contains(GPU, 10)).isFalse();
        assertThat(pools.contains(GPU, 11)).isTrue();
        assertThat(pools.contains(GPU, 20)).isTrue();
        assertThat(pools.contains(GPU, 21)).as("of the group").isFalse();
        assertThat(pools.contains("tape", 21)).isTrue();
    }

    @Test
    void aPoolIsForgottenWhenNothingOfItIsOnHostsAnyMore() {
        pools.follow(Set.of(GPU), 10, Long.MAX_VALUE);
        pools.follow(Set.of(), 20, 12);
        pools.follow(Set.of(), 30, 20);
        assertThat(pools.names()).containsExactly(GPU);
        pools.follow(Set.of(), 30, 21);
        assertThat(pools.names()).isEmpty();
        restart();
        assertThat(pools.names()).isEmpty();
    }

    @Test
    void aPoolThatPlacesTasksAgainGoesOnWithTheOldestOfThem() {
        pools.follow(Set.of(GPU), 10, Long.MAX_VALUE);
        pools.follow(Set.of(), 20, 12);
        pools.follow(Set.of(GPU), 30, 12);
        restart();
        assertThat(pools.contains(GPU, 12)).isTrue();
        assertThat(pools.contains(GPU, 31)).isTrue();
    }
}
