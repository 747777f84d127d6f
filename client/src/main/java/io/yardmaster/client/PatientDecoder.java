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

/** Decodes one record after the other; while the schema registry is away it tries the same one again, with pauses. */
final class PatientDecoder {
    private static final Logger log = LoggerFactory.getLogger(PatientDecoder.class);
    private static final RetryPolicy PAUSES =
            new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(200), Duration.ofSeconds(5));

    private final AssignmentDecoder decoder;
    private final LongSupplier ticker;
    private final Executor thread;
    private Decoding decoding;
    private int tries;
    private long nextTry;

    private record Decoding(ConsumerRecord<byte[], byte[]> polled, FutureTask<Assignment> result) {}

    /** @param thread waits for the registry, one record at a time */
    PatientDecoder(AssignmentDecoder decoder, LongSupplier ticker, Executor thread) {
        this.decoder = decoder;
        this.ticker = ticker;
        this.thread = thread;
    }

    /** Empty if the record cannot be decoded now; waits up to this long for a record that another thread decodes. */
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
            return failed(e.getCause(), own);
        }
    }

    private Optional<Assignment> failed(Throwable cause, boolean own) throws UnusableRecordException {
        if (cause instanceof RegistryAwayException) {
            ended(tries + 1);
            nextTry = ticker.getAsLong() + PAUSES.delayAfter(tries).toNanos();
            if (tries == 1) {
                log.warn("no assignments can be read until the schema registry answers: {}", cause.getMessage());
            }
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

    private void ended(int inVain) {
        decoding = null;
        tries = inVain;
    }
}
