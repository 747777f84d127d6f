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
 * Keeps a {@link DispatchWindow}'s view of the fleet fresh, off the stream threads: it looks again and again, and rests
 * between two looks while all is quiet. When a look fails, by whatever it was, it tries again after 0.5 s, doubling to
 * 30 s; meanwhile the view grows old and the window closes. It recovers by itself.
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
    private volatile PollBackoff breaker = PollBackoff.CLOSED;
    private volatile long failures;

    /**
     * Starts looking, and closes the view at the end.
     *
     * @param group what is looked at, for the log
     * @param pacer says when it may rest
     */
    public GroupOffsetPoller(OutstandingSource view, String group, IdlePacer pacer) {
        this.group = group;
        this.pacer = pacer;
        // Here, so that no wake is missed that comes before the thread runs.
        long seen = pacer.wakes();
        this.thread = new Thread(() -> run(view, seen), "yardmaster-fleet-view");
        thread.setDaemon(true);
        thread.start();
    }

    public PollBackoff breaker() {
        return breaker;
    }

    /** Looks that failed. */
    public long failures() {
        return failures;
    }

    private void run(OutstandingSource view, long wakesBefore) {
        try (view) {
            long seen = wakesBefore;
            while (!closing.await((retry.isZero() ? INTERVAL : retry).toMillis(), TimeUnit.MILLISECONDS)) {
                pacer.rest(seen);
                seen = pacer.wakes();
                look(view);
            }
        } catch (InterruptedException | InterruptException e) {
            if (closing.getCount() > 0) {
                LOG.error("nobody looks at group {} any more, so nothing is dispatched: interrupted", group);
            }
        }
    }

    private void look(OutstandingSource view) throws InterruptedException {
        try {
            if (!retry.isZero()) {
                breaker = PollBackoff.HALF_OPEN;
            }
            view.refresh();
            if (!retry.isZero()) {
                breaker = PollBackoff.CLOSED;
                LOG.info("the offsets of group {} can be read again", group);
                retry = Duration.ZERO;
            }
        } catch (ExecutionException e) {
            failed(e.getCause());
        } catch (InterruptException e) {
            throw e;
        } catch (TimeoutException | RuntimeException | Error e) {
            // An Error too: a class whose jar was replaced, say. Whether it passes shows at the next look.
            failed(e);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // there is one thread that looks
    private void failed(Throwable cause) {
        failures++;
        breaker = PollBackoff.OPEN;
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
