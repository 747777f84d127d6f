package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SessionFollowerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Settings that throw when they are read, as a class does that is missing. */
    private static final class Breaking extends AbstractMap<String, Object> {
        private final CountDownLatch looks = new CountDownLatch(3);

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            looks.countDown();
            throw new NoClassDefFoundError("io/yardmaster/Replaced");
        }
    }

    @Test
    void anErrorIsToldOnceAndDoesNotEndIt() throws InterruptedException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(SessionFollower.class);
        log.start();
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        logger.addAppender(log);
        Breaking settings = new Breaking();
        var follower = new SessionFollower(settings, "sessions", new EpochFence(), Duration.ofMillis(1));
        try {
            follower.start();
            assertThat(follower.awaitFirstLook(PATIENCE)).isTrue();
            assertThat(settings.looks.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } finally {
            follower.stop();
            logger.detachAppender(log);
            logger.setAdditive(true);
            logger.setLevel(null);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("cannot follow sessions, old sessions are only fenced by newer assignments: "
                        + "java.lang.NoClassDefFoundError: io/yardmaster/Replaced");
    }
}
