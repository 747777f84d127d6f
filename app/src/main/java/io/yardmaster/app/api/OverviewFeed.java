package io.yardmaster.app.api;

import io.yardmaster.app.http.EventStream;
import io.yardmaster.app.http.HttpProblem;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the overview to all browsers that follow it, once a second; does nothing while none does. */
final class OverviewFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OverviewFeed.class);
    private static final int HEARTBEAT_SECONDS = 10;

    private final Supplier<byte[]> overview;
    private final EventStream stream = new EventStream(() -> new byte[0]);
    private final CountDownLatch closing = new CountDownLatch(1);

    OverviewFeed(Supplier<byte[]> overview) {
        this.overview = overview;
        Thread thread = new Thread(this::run, "overview-feed");
        thread.setDaemon(true);
        thread.start();
    }

    EventStream stream() {
        return stream;
    }

    private void run() {
        try {
            for (int second = 1; !closing.await(1, TimeUnit.SECONDS); second++) {
                second(second);
            }
        } catch (InterruptedException e) {
            LOG.debug("closed while sending", e);
        }
    }

    private void second(int second) {
        try {
            if (stream.hasFollowers()) {
                send();
            }
            if (second % HEARTBEAT_SECONDS == 0) {
                stream.send(EventStream.heartbeat());
            }
        } catch (RuntimeException | Error e) {
            // The next second may be a better one.
            LOG.warn("the overview cannot be shown: {}", e.toString());
        }
    }

    private void send() {
        try {
            stream.send(EventStream.event("overview", new String(overview.get(), StandardCharsets.UTF_8)));
        } catch (HttpProblem e) {
            LOG.debug("nothing to show yet: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
