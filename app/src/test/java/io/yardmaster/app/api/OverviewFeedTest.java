package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.topology.config.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OverviewFeedTest {

    @Test
    void anErrorIsToldAndTheNextOverviewIsSent() throws IOException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(OverviewFeed.class);
        log.start();
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        logger.addAppender(log);
        AtomicInteger asked = new AtomicInteger();
        try (HttpService http = HttpService.start(new HostPort("127.0.0.1", 0));
                OverviewFeed feed = new OverviewFeed(() -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new NoClassDefFoundError("io/yardmaster/Replaced");
                    }
                    return "{}".getBytes(StandardCharsets.UTF_8);
                })) {
            http.mount("events", feed.stream());
            URLConnection connection =
                    URI.create(http.url() + "/events").toURL().openConnection();
            connection.setReadTimeout(30_000);
            try (BufferedReader events =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(events.lines().anyMatch("event: overview"::equals)).isTrue();
            }
        } finally {
            logger.detachAppender(log);
            logger.setAdditive(true);
            logger.setLevel(null);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "the overview cannot be shown: java.lang.NoClassDefFoundError: io/yardmaster/Replaced");
    }
}
