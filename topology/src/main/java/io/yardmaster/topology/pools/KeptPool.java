package io.yardmaster.topology.pools;

import io.yardmaster.topology.window.DispatchWindow;
import io.yardmaster.topology.window.LostOffsets;
import io.yardmaster.topology.window.OutstandingSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The window of one pool, and when it is to be refreshed. Used by one thread, but for the window and the counts of lost offsets. */
public final class KeptPool {
    private static final Logger LOG = LoggerFactory.getLogger(KeptPool.class);
    /** A window that is refreshed as seldom is still fresh. */
    private static final long IDLE_NANOS = Duration.ofSeconds(4).toNanos();

    private static final long FIRST_RETRY_NANOS = Duration.ofMillis(500).toNanos();
    private static final long LONGEST_RETRY_NANOS = Duration.ofSeconds(30).toNanos();

    private final DispatchWindow window;
    private final OutstandingSource source;
    private final Optional<LostOffsets> offsets;
    private long refreshedAt;
    private boolean isNew = true;
    /** The time from a failure to the next try; 0 if the latest refresh succeeded. */
    private long retryNanos;

    /** The number of partitions of the topic that was last told. */
    private int told;

    /**
     * Closes the source at the end.
     *
     * @param offsets those that the pool's group loses; empty if its tasks are placed on hosts, which are in no group
     */
    public KeptPool(DispatchWindow window, OutstandingSource source, Optional<LostOffsets> offsets) {
        this.offsets = offsets;
        this.window = window;
        this.source = source;
        this.told = window.partitions();
    }

    DispatchWindow window() {
        return window;
    }

    boolean isPlaced() {
        return offsets.isEmpty();
    }

    /** As {@link LostOffsets#lost}. */
    int lostOffsets() {
        return offsets.map(LostOffsets::lost).orElse(0);
    }

    /** As {@link LostOffsets#restored}. */
    long restoredOffsets() {
        return offsets.map(LostOffsets::restored).orElse(0L);
    }

    /** Returns whether the topic has another number of partitions than it had when this was asked last, or at first. */
    boolean tells(int partitions) {
        boolean isNews = partitions != told;
        told = partitions;
        return isNews;
    }

    boolean isDue(long nanos) {
        long age = nanos - refreshedAt;
        return isNew || (retryNanos > 0 ? age >= retryNanos : window.isBusy() || age >= IDLE_NANOS);
    }

    /** Refreshes the window. If that fails it tries again after 0.5 s, doubling to 30 s. */
    void refresh(String pool, long nanos) throws InterruptedException {
        isNew = false;
        refreshedAt = nanos;
        try {
            source.refresh();
            if (retryNanos > 0) {
                LOG.info("the offsets of the group of pool {} can be read again", pool);
                retryNanos = 0;
            }
        } catch (ExecutionException e) {
            failed(pool, e.getCause());
        } catch (InterruptException e) {
            throw e;
        } catch (TimeoutException | RuntimeException | Error e) {
            // An Error too, such as a class whose jar was replaced: the next refresh shows whether it has passed.
            failed(pool, e);
        }
    }

    private void failed(String pool, Throwable cause) {
        if (retryNanos == 0) {
            LOG.warn("cannot read the offsets of the group of pool {}: {}", pool, cause.toString());
        }
        retryNanos = Math.min(LONGEST_RETRY_NANOS, retryNanos == 0 ? FIRST_RETRY_NANOS : 2 * retryNanos);
    }

    void close() {
        source.close();
    }
}
