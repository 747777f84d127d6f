package io.yardmaster.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.yardmaster.topology.config.HostPort;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Handlers that break or wait: a request is always answered, and that one is alive is said whatever the others do. */
class HandlersThatFailTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.yardmaster.app.http");

    private final HttpService service = HttpService.start(new HostPort("127.0.0.1", 0));
    private final RawHttp http = new RawHttp(service);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        LOG.addAppender(log);
        LOG.setAdditive(false);
    }

    @AfterEach
    void close() {
        LOG.setAdditive(true);
        LOG.detachAppender(log);
        service.close();
    }

    /** As when its jar was replaced under it. */
    @Test
    void anErrorInARouterIsAnsweredAndLogged() throws IOException {
        service.mount("broken", new Router().on("GET", "", (request, args) -> replaced()), "text/plain");
        assertThat(http.send("GET", "/broken").status()).isEqualTo(500);
        assertThat(http.send("GET", "/broken").body()).contains("internal error", "io/prometheus/Writer");
        assertLogged("/broken failed", 2);
    }

    @Test
    void anErrorInWhatNeverWaitsIsToo() throws IOException {
        service.mount(
                "health",
                Health.router(new Health() {
                    @Override
                    public boolean live() {
                        throw new NoClassDefFoundError("io/prometheus/Writer");
                    }

                    @Override
                    public boolean ready() {
                        return true;
                    }
                }),
                "application/json");
        assertThat(http.send("GET", "/health/live").status()).isEqualTo(500);
        assertThat(http.send("GET", "/health/ready").status()).isEqualTo(200);
        assertLogged("/health/live failed", 1);
    }

    @Test
    void anErrorWhenEventsBeginIsToo() throws IOException {
        EventStream events = new EventStream(() -> {
            throw new NoClassDefFoundError("io/prometheus/Writer");
        });
        service.mount("events", events);
        assertThat(http.send("GET", "/events").status()).isEqualTo(500);
        assertThat(events.hasFollowers()).isFalse();
        assertLogged("/events failed", 1);
    }

    @Test
    void anErrorWhenAFileIsLoadedIsToo() throws IOException {
        ClassLoader gone = new ClassLoader() {
            @Override
            public java.io.InputStream getResourceAsStream(String name) {
                throw new NoClassDefFoundError("io/prometheus/Writer");
            }
        };
        service.mount("", new Assets(gone, "x"));
        assertThat(http.send("GET", "/index.html").status()).isEqualTo(500);
        assertLogged("/index.html failed", 1);
    }

    private void assertLogged(String line, int times) {
        assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .extracting(ILoggingEvent::getFormattedMessage)
                .hasSize(times)
                .allMatch(message -> message.endsWith(line));
    }

    private static Reply replaced() {
        throw new NoClassDefFoundError("io/prometheus/Writer");
    }

    /** As when all of them wait for Kafka. */
    @Test
    void healthWaitsForNoneThatWaitsAndTooManyAreTurnedAway() throws Exception {
        CountDownLatch kafka = new CountDownLatch(1);
        AtomicInteger waiting = new AtomicInteger();
        service.mount(
                "api",
                new Router().on("GET", "", (request, args) -> {
                    waiting.incrementAndGet();
                    await().atMost(Duration.ofSeconds(60)).until(() -> kafka.getCount() == 0);
                    return Reply.ok(1);
                }),
                "application/json");
        AtomicBoolean live = new AtomicBoolean(true);
        service.mount("health", Health.router(new Up(live)), "application/json");
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                stalled.add(http.open("GET /api HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
            }
            await().until(() -> waiting.get() == HttpService.WORKERS);
            for (int i = 0; i < 20; i++) {
                assertThat(http.send("GET", "/health/live").status()).isEqualTo(200);
                assertThat(http.send("HEAD", "/health/ready").status()).isEqualTo(200);
            }
            RawHttp.Answer refused = http.send("GET", "/api");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            live.set(false);
            assertThat(http.send("GET", "/health/live").status()).isEqualTo(503);
        } finally {
            kafka.countDown();
            for (Socket socket : stalled) {
                socket.close();
            }
        }
        await().untilAsserted(
                        () -> assertThat(http.send("GET", "/api").status()).isEqualTo(200));
    }

    private record Up(AtomicBoolean up) implements Health {
        @Override
        public boolean live() {
            return up.get();
        }

        @Override
        public boolean ready() {
            return up.get();
        }
    }
}
