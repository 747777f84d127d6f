package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.topology.config.SchedulerConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

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
    void aRestoreIsWaitedForHoweverLongItTakesAndItsProgressLogged() {
        var log = new ListAppender<ILoggingEvent>();
        Logger serve = (Logger) LoggerFactory.getLogger("io.yardmaster.Serve");
        log.start();
        Level before = serve.getLevel();
        serve.setLevel(Level.INFO);
        serve.addAppender(log);
        try {
            patience.awaitRunning(within -> attempts.incrementAndGet() == 4, () -> attempts + " of 4 read");
        } finally {
            serve.detachAppender(log);
            serve.setLevel(before);
        }
        assertThat(attempts).hasValue(4);
        assertThat(log.list)
                .extracting(line -> line.getFormattedMessage().replaceFirst("\\d+ s", "N s"))
                .containsExactly(
                        "not ready after N s: 1 of 4 read",
                        "not ready after N s: 2 of 4 read",
                        "not ready after N s: 3 of 4 read");
    }

    @Test
    void aSchedulerThatStopsInsteadIsNotWaitedFor() {
        assertThatThrownBy(() -> patience.awaitRunning(
                        within -> {
                            attempts.incrementAndGet();
                            throw new IllegalStateException("the scheduler stopped");
                        },
                        () -> "restoring"))
                .hasMessage("the scheduler stopped");
        assertThat(attempts).hasValue(1);
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
