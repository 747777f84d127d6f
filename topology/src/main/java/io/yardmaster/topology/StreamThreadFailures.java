package io.yardmaster.topology;

import io.yardmaster.schemas.serde.RegistryUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces or stops after the death of a stream thread. After an outage of the broker or the registry, or a transaction
 * that the broker has given up, a new thread goes on from the last committed transaction. A broken invariant, or any
 * failure that a retry cannot mend, stops the instance.
 */
final class StreamThreadFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StreamThreadFailures.class);

    /** A new thread can mend these. Streams takes the ends of transactions for a rebalance in most places, not in all. */
    private static final List<Class<? extends Exception>> PASSING = List.of(
            RetriableException.class,
            RegistryUnavailableException.class,
            // One broker may learn of a new topic later than another.
            MissingSourceTopicException.class,
            InvalidTxnStateException.class,
            TransactionAbortedException.class,
            TransactionAbortableException.class,
            OutOfOrderSequenceException.class,
            InvalidPidMappingException.class,
            InvalidProducerEpochException.class,
            ProducerFencedException.class);

    private final AtomicReference<Throwable> fatal = new AtomicReference<>();
    private final BooleanSupplier closing;
    private final Duration pause;
    private final Runnable whenFatal;

    /**
     * @param pause before a thread is replaced, so that an outage does not become a storm of new threads
     * @param whenFatal runs, once or more, when the instance is about to stop
     */
    StreamThreadFailures(BooleanSupplier closing, Duration pause, Runnable whenFatal) {
        this.closing = closing;
        this.pause = pause;
        this.whenFatal = whenFatal;
    }

    /** The failure that stopped the instance; null if it runs. */
    Throwable fatal() {
        return fatal.get();
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable exception) {
        Optional<Throwable> passing = passing(exception);
        if (passing.isPresent() && !closing.getAsBoolean()) {
            LOG.warn(
                    "a stream thread stopped and will be replaced: {}",
                    passing.get().toString());
            waitOnTheOldThread();
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        Throwable cause = root(exception);
        fatal.compareAndSet(null, cause);
        if (cause instanceof SetupException) {
            LOG.error("the scheduler stops: {}", cause.getMessage());
        } else {
            LOG.error("the scheduler stops", exception);
        }
        whenFatal.run();
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** The innermost exception that a new thread can mend; its cause may say less, such as a refused connection. */
    private static Optional<Throwable> passing(Throwable exception) {
        Throwable passing = null;
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            Throwable found = cause;
            if (PASSING.stream().anyMatch(type -> type.isInstance(found))) {
                passing = found;
            }
        }
        return Optional.ofNullable(passing);
    }

    static Throwable root(Throwable exception) {
        Throwable cause = exception;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private void waitOnTheOldThread() {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
