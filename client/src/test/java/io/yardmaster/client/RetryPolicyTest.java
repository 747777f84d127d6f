package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    @Test
    void delaysDoubleUpToTheirCap() {
        var policy = new RetryPolicy(9, Duration.ofMillis(100), Duration.ofMillis(500));
        assertThat(IntStream.rangeClosed(1, 5).mapToObj(policy::delayAfter).map(Duration::toMillis))
                .containsExactly(100L, 200L, 400L, 500L, 500L);
        assertThat(policy.delayAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void triesAreCountedWithTheFirst() {
        var policy = new RetryPolicy(2, Duration.ZERO, Duration.ZERO);
        assertThat(policy.allowsAnotherAfter(1)).isTrue();
        assertThat(policy.allowsAnotherAfter(2)).isFalse();
        assertThat(RetryPolicy.NEVER.allowsAnotherAfter(1)).isFalse();
    }

    @Test
    void impossiblePoliciesAreRefusedWithTheirValue() {
        assertThatThrownBy(() -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO))
                .hasMessage("maxTries is 0, must be 1 or more");
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("firstDelay is PT2S");
    }
}
