package io.yardmaster.client;

import java.time.Duration;
import java.util.Optional;
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
    private int tries;
    private long nextTry;

    PatientDecoder(AssignmentDecoder decoder, LongSupplier ticker) {
        this.decoder = decoder;
        this.ticker = ticker;
    }

    /** Empty if the record cannot be decoded now; returns at once. */
    Optional<Assignment> decode(ConsumerRecord<byte[], byte[]> polled) throws UnreadableAssignmentException {
        if (tries > 0 && ticker.getAsLong() - nextTry < 0) {
            return Optional.empty();
        }
        try {
            Assignment assignment = decoder.decode(polled);
            tries = 0;
            return Optional.of(assignment);
        } catch (UnreadableAssignmentException e) {
            tries = 0;
            throw e;
        } catch (RegistryAwayException e) {
            tries++;
            nextTry = ticker.getAsLong() + PAUSES.delayAfter(tries).toNanos();
            if (tries == 1) {
                log.warn("no assignments can be read until the schema registry answers: {}", e.getMessage());
            }
            return Optional.empty();
        }
    }
}
