package io.yardmaster.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes one record after the other; while the schema registry is away it tries the same one again, with pauses. It does so for a limited
 * time with an assignment that cannot be read, too, since a copy of the registry may know a new schema late.
 */
final class PatientDecoder {
    private static final Logger log = LoggerFactory.getLogger(PatientDecoder.class);
    private static final RetryPolicy PAUSES =
            new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(200), Duration.ofSeconds(5));

    /** The serde asks again for an id that the registry did not know after ten seconds. */
    static final Duration MOST_DOUBT = Duration.ofSeconds(15);

    private final AssignmentDecoder decoder;
    private final LongSupplier ticker;
    private final Executor thread;
    private Decoding decoding;
    private int tries;
    private long nextTry;
    /** An assignment that cannot be read; null if there is none. */
    private ConsumerRecord<byte[], byte[]> doubtful;

    private long doubtUntil;

    private record Decoding(ConsumerRecord<byte[], byte[]> polled, FutureTask<Assignment> result) {}

    /** @param thread waits for the registry, one record at a time */
    PatientDecoder(AssignmentDecoder decoder, LongSupplier ticker, Executor thread) {
        this.decoder = decoder;
        this.ticker = ticker;
        this.thread = thread;
    }

    /**
     * Empty if the record cannot be decoded now; waits up to this long for a record that another thread decodes.
     *
     * @throws UnusableRecordException if it is no assignment
     * @throws UnreadableAssignmentException if it is one, and could not be decoded for {@link #MOST_DOUBT}
     */
    Optional<Assignment> decode(ConsumerRecord<byte[], byte[]> polled, Duration limit)
            throws UnusableRecordException, InterruptedException {
        if (decoding == null) {
            if (tries > 0 && ticker.getAsLong() - nextTry < 0) {
                return Optional.empty();
            }
            decoding = new Decoding(polled, new FutureTask<>(() -> decoder.decode(polled)));
            thread.execute(decoding.result);
        }
        // A record that was given up while the registry was asked leaves a decoding behind.
        boolean own = decoding.polled == polled;
        try {
            Assignment assignment = decoding.result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            ended(0);
            return own ? Optional.of(assignment) : Optional.empty();
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            return failed(e.getCause(), polled, own);
        }
    }

    private Optional<Assignment> failed(Throwable cause, ConsumerRecord<byte[], byte[]> polled, boolean own)
            throws UnusableRecordException {
        if (cause instanceof RegistryAwayException) {
            pause();
            if (tries == 1) {
                log.warn("no assignments can be read until the schema registry answers: {}", cause.getMessage());
            }
            return Optional.empty();
        }
        if (own && cause instanceof UnusableRecordException unreadable && AssignmentDecoder.isAssignment(polled)) {
            pause();
            doubt(polled, unreadable);
            return Optional.empty();
        }
        ended(0);
        if (cause instanceof UnusableRecordException unreadable) {
            if (own) {
                throw unreadable;
            }
            return Optional.empty();
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    private void doubt(ConsumerRecord<byte[], byte[]> polled, UnusableRecordException unreadable) {
        if (doubtful != polled) {
            doubtful = polled;
            doubtUntil = ticker.getAsLong() + MOST_DOUBT.toNanos();
            log.warn(
                    "an assignment cannot be read, and is tried again for {} s ({}-{} offset {}): {}",
                    MOST_DOUBT.toSeconds(),
                    polled.topic(),
                    polled.partition(),
                    polled.offset(),
                    unreadable.getMessage());
        } else if (ticker.getAsLong() - doubtUntil >= 0) {
            throw new UnreadableAssignmentException(polled, unreadable);
        }
    }

    private void pause() {
        ended(tries + 1);
        nextTry = ticker.getAsLong() + PAUSES.delayAfter(tries).toNanos();
    }

    private void ended(int inVain) {
        decoding = null;
        tries = inVain;
        if (inVain == 0) {
            doubtful = null;
        }
    }
}
