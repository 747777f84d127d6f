package io.yardmaster.app.api;

import io.yardmaster.app.http.EventStream;
import io.yardmaster.app.http.HttpProblem;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "overview-feed");
        thread.setDaemon(true);
        return thread;
    });

    OverviewFeed(Supplier<byte[]> overview) {
        this.overview = overview;
        timer.scheduleWithFixedDelay(this::send, 1, 1, TimeUnit.SECONDS);
        timer.scheduleWithFixedDelay(
                () -> stream.send(EventStream.heartbeat()), HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    EventStream stream() {
        return stream;
    }

    private void send() {
        if (!stream.hasFollowers()) {
            return;
        }
        try {
            stream.send(EventStream.event("overview", new String(overview.get(), StandardCharsets.UTF_8)));
        } catch (HttpProblem e) {
            LOG.debug("nothing to show yet: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("the overview cannot be shown: {}", e.toString());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
