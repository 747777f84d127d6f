package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpochFenceTest {
    private final EpochFence fence = new EpochFence();

    @Test
    void admitsEverythingUntilASessionIsKnown() {
        assertThat(fence.admits(Long.MIN_VALUE)).isTrue();
    }

    @Test
    void S11_refusesOlderThanTheNewestSeenAndNeverGoesBack() {
        fence.observe(3);
        fence.observe(2);
        assertThat(fence.admits(2)).isFalse();
        assertThat(fence.admits(3)).isTrue();
        assertThat(fence.admits(4)).isTrue();
        assertThat(fence.newest()).isEqualTo(3);
    }
}
