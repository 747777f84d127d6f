package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.pacing.IdlePacer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacingTest {
    private final AtomicLong nanos = new AtomicLong();

    private IdlePacer pacer(String... settings) {
        Map<String, String> map = new HashMap<>(Map.of("schema.registry.url", "mock://pacing-test"));
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return Pacing.of(SchedulerConfig.from(map), nanos::get);
    }

    private boolean isQuietAfter(IdlePacer pacer, Duration time) {
        nanos.addAndGet(time.toNanos());
        return pacer.isQuiet();
    }

    @Test
    void itRestsForTwoSecondsAfterAQuietOne() {
        IdlePacer pacer = pacer();
        assertThat(pacer.longestRest()).isEqualTo(Duration.ofSeconds(2));
        assertThat(isQuietAfter(pacer, Duration.ofMillis(999))).isFalse();
        assertThat(isQuietAfter(pacer, Duration.ofMillis(1))).isTrue();
    }

    @Test
    void nobodyRestsBeforeTheTransactionWasCommitted() {
        IdlePacer pacer = pacer("kafka.commit.interval.ms", "10000");
        assertThat(isQuietAfter(pacer, Duration.ofMillis(19_999))).isFalse();
        assertThat(isQuietAfter(pacer, Duration.ofMillis(1))).isTrue();
    }

    @Test
    void S9_shortExpiriesAreKeptByAsMuch() {
        assertThat(pacer("finalizing.expiry", "2s").longestRest()).isEqualTo(Duration.ofMillis(200));
        assertThat(pacer("dedup.expiry", "1ms").longestRest()).isLessThan(Duration.ofMillis(1));
    }
}
