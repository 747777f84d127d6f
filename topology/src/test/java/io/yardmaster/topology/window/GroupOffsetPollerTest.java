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

    private final AtomicInteger looks = new AtomicInteger();

    private OutstandingSource view(Runnable look) {
        return new OutstandingSource() {
            @Override
            public void refresh() {
                looks.incrementAndGet();
                look.run();
            }

            @Override
            public void close() {}
        };
    }

    private void awaitLooks(int count) {
        await().atMost(PATIENCE).until(() -> looks.get() >= count);
    }

    /** It rests for an hour, so whatever looks more often than it is woken is not resting. */
    @Test
    void whileAllIsQuietItLooksWhenItIsWoken() {
        IdlePacer quiet = new IdlePacer(Duration.ZERO, Duration.ofHours(1), () -> 0);
        try (GroupOffsetPoller poller = new GroupOffsetPoller(view(() -> {}), "fleet", quiet)) {
            for (int woken = 1; woken <= 20; woken++) {
                quiet.wake();
                awaitLooks(woken);
                assertThat(looks.get()).isEqualTo(woken);
            }
            assertThat(poller.failures()).isZero();
        }
    }

    @Test
    void whileThereIsWorkItLooksAllTheTime() {
        try (GroupOffsetPoller poller = new GroupOffsetPoller(view(() -> {}), "fleet", IdlePacer.restless())) {
            awaitLooks(20);
            assertThat(poller.breaker()).isEqualTo(PollBackoff.CLOSED);
        }
    }

    @Test
    void anErrorIsToldOnceAndDoesNotEndIt() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(GroupOffsetPoller.class);
        log.start();
        logger.addAppender(log);
        OutstandingSource broken = view(() -> {
            if (looks.get() <= 2) {
                throw new NoClassDefFoundError("io/yardmaster/Replaced");
            }
        });
        try (GroupOffsetPoller poller = new GroupOffsetPoller(broken, "fleet", IdlePacer.restless())) {
            await().atMost(PATIENCE).until(() -> poller.failures() == 2);
            await().atMost(PATIENCE).until(() -> looks.get() > 2 && poller.breaker() == PollBackoff.CLOSED);
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
