package io.yardmaster.topology.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.yardmaster.topology.pacing.IdlePacer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class GroupOffsetPollerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicInteger refreshes = new AtomicInteger();

    private OutstandingSource source(Runnable refresh) {
        return new OutstandingSource() {
            @Override
            public void refresh() {
                refreshes.incrementAndGet();
                refresh.run();
            }

            @Override
            public void close() {}
        };
    }

    private void awaitRefreshes(int count) {
        await().atMost(PATIENCE).until(() -> refreshes.get() >= count);
    }

    /** A rest would last an hour, so a poller that refreshes more often than it is woken does not rest. */
    @Test
    void whileAllIsQuietItPollsWhenItIsWoken() {
        IdlePacer quiet = new IdlePacer(Duration.ZERO, Duration.ofHours(1), () -> 0);
        try (GroupOffsetPoller poller = new GroupOffsetPoller(source(() -> {}), "fleet", quiet)) {
            for (int woken = 1; woken <= 20; woken++) {
                quiet.wake();
                awaitRefreshes(woken);
                assertThat(refreshes.get()).isEqualTo(woken);
            }
            assertThat(poller.failures()).isZero();
        }
    }

    @Test
    void whileThereIsWorkItPollsAllTheTime() {
        try (GroupOffsetPoller poller = new GroupOffsetPoller(source(() -> {}), "fleet", IdlePacer.restless())) {
            awaitRefreshes(20);
            assertThat(poller.backoff()).isEqualTo(PollBackoff.CLOSED);
        }
    }

    @Test
    void anErrorIsLoggedOnceAndDoesNotEndIt() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(GroupOffsetPoller.class);
        log.start();
        logger.addAppender(log);
        OutstandingSource broken = source(() -> {
            if (refreshes.get() <= 2) {
                throw new NoClassDefFoundError("io/yardmaster/Replaced");
            }
        });
        try (GroupOffsetPoller poller = new GroupOffsetPoller(broken, "fleet", IdlePacer.restless())) {
            await().atMost(PATIENCE).until(() -> poller.failures() == 2);
            await().atMost(PATIENCE).until(() -> refreshes.get() > 2 && poller.backoff() == PollBackoff.CLOSED);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "cannot read the offsets of group fleet, dispatching pauses until it can: "
                                + "java.lang.NoClassDefFoundError: io/yardmaster/Replaced",
                        "the offsets of group fleet can be read again");
    }
}
