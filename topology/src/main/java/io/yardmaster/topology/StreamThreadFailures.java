package io.yardmaster.topology;

import io.yardmaster.schemas.serde.RegistryUnavailableException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread dies. An outage of the broker or the registry is waited out by a new thread; a
 * broken invariant, or what retrying cannot mend, stops the instance.
 */
final class StreamThreadFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StreamThreadFailures.class);
    private static final long PAUSE_SECONDS = 2;

    private final AtomicReference<Throwable> fatal = new AtomicReference<>();
    private final BooleanSupplier closing;

    StreamThreadFailures(BooleanSupplier closing) {
        this.closing = closing;
    }

    /** Why the instance stopped; null if it did not. */
    Throwable fatal() {
        return fatal.get();
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable exception) {
        Throwable cause = root(exception);
        if (isOutage(exception) && !closing.getAsBoolean()) {
            LOG.warn("a stream thread stopped and will be replaced: {}", cause.toString());
            pause();
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        fatal.compareAndSet(null, cause);
        LOG.error("the scheduler stops", exception);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static boolean isOutage(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            // A broker may hear of a new topic later than the one that was asked for it.
            if (cause instanceof RetriableException
                    || cause instanceof RegistryUnavailableException
                    || cause instanceof MissingSourceTopicException) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable exception) {
        Throwable cause = exception;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** On the thread that is being replaced, so that an outage does not become a storm of new threads. */
    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
