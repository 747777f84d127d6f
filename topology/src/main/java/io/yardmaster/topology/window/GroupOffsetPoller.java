package io.yardmaster.topology.window;

import io.yardmaster.topology.pacing.IdlePacer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refreshes the offsets in a {@link DispatchWindow} from an {@link OutstandingSource}, on a thread of its own: every 10
 * ms, and less often while the instance is idle. After a failed refresh it tries again after 0.5 s, doubling to 30 s;
 * when the offsets are older than 5 s the window closes. It recovers by itself.
 */
public final class GroupOffsetPoller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupOffsetPoller.class);
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final IdlePacer pacer;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private final String group;
    private Duration retry = Duration.ZERO;
    private volatile PollBackoff backoff = PollBackoff.CLOSED;
    private volatile long failures;

    /**
     * Starts polling; closes the source at the end.
     *
     * @param group name of the group, for the log
     * @param pacer says when the thread may rest
     */
    public GroupOffsetPoller(OutstandingSource source, String group, IdlePacer pacer) {
        this.group = group;
        this.pacer = pacer;
        // Read here, so that the thread does not miss a wake that comes before it runs.
        long seen = pacer.wakes();
        this.thread = new Thread(() -> run(source, seen), "yardmaster-group-offsets");
        thread.setDaemon(true);
        thread.start();
    }

    public PollBackoff backoff() {
        return backoff;
    }

    /** Number of failed refreshes. */
    public long failures() {
        return failures;
    }

    private void run(OutstandingSource source, long wakesBefore) {
        try (source) {
            long seen = wakesBefore;
            while (!closing.await((retry.isZero() ? INTERVAL : retry).toMillis(), TimeUnit.MILLISECONDS)) {
                pacer.rest(seen);
                seen = pacer.wakes();
                poll(source);
            }
        } catch (InterruptedException | InterruptException e) {
            if (closing.getCount() > 0) {
                LOG.error("interrupted while polling the offsets of group {}: nothing is dispatched any more", group);
            }
        }
    }

    private void poll(OutstandingSource source) throws InterruptedException {
        try {
            if (!retry.isZero()) {
                backoff = PollBackoff.HALF_OPEN;
            }
            source.refresh();
            if (!retry.isZero()) {
                backoff = PollBackoff.CLOSED;
                LOG.info("the offsets of group {} can be read again", group);
                retry = Duration.ZERO;
            }
        } catch (ExecutionException e) {
            failed(e.getCause());
        } catch (InterruptException e) {
            throw e;
        } catch (TimeoutException | RuntimeException | Error e) {
            // An Error too, such as a class whose jar was replaced: the next refresh shows whether it has passed.
            failed(e);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the polling thread writes it
    private void failed(Throwable cause) {
        failures++;
        backoff = PollBackoff.OPEN;
        if (retry.isZero()) {
            LOG.warn(
                    "cannot read the offsets of group {}, dispatching pauses until it can: {}",
                    group,
                    cause.toString());
            retry = FIRST_RETRY;
        } else {
            Duration doubled = retry.multipliedBy(2);
            retry = doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        pacer.wake();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
