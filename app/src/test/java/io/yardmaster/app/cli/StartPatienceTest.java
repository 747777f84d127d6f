package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.topology.config.SchedulerConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StartPatienceTest {
    private final StartPatience patience = new StartPatience(Duration.ofMillis(1));
    private final AtomicInteger attempts = new AtomicInteger();

    /** An attempt may take minutes with the default time-outs of Kafka's clients. */
    @Test
    void anOutageIsWaitedOutHoweverLongItIs() {
        SchedulerConfig config = SchedulerConfig.from(Map.of("kafka.bootstrap.servers", "no.such.host.invalid:1"));
        patience.until(() -> {
            if (attempts.incrementAndGet() < 50) {
                DeploymentTopics.of(config).close();
            }
        });
        assertThat(attempts).hasValue(50);
    }

    @Test
    void aFailureThatWaitingDoesNotMendIsThrownAtOnce() {
        assertThatThrownBy(() -> patience.until(() -> {
                    attempts.incrementAndGet();
                    throw new IllegalArgumentException("x");
                }))
                .hasMessage("x");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void waitingEndsWhenItIsInterrupted() {
        SchedulerConfig config = SchedulerConfig.from(Map.of("kafka.bootstrap.servers", "no.such.host.invalid:1"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(
                        () -> patience.until(() -> DeploymentTopics.of(config).close()))
                .hasMessageContaining("No resolvable bootstrap urls");
        assertThat(Thread.interrupted()).isTrue();
    }
}
