package io.yardmaster.client;

import io.yardmaster.schemas.Kill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads kills out of records. It tries one that it cannot read again for {@link #MOST_DOUBT}, since a copy of the registry may know a new schema
 * late, and reads those behind it meanwhile. After that it gives the kill up with an error in the log, and the execution manager
 * goes on: assignments that nobody ends run on, and can be killed again, whereas one that is passed over would be lost. It skips records without
 * a value.
 *
 * <p>Used by one thread.
 */
final class KillReader implements TopicFollower.Reader {
    private static final Logger log = LoggerFactory.getLogger(KillReader.class);

    static final Duration MOST_DOUBT = PatientDecoder.MOST_DOUBT;
    /** The reader gives up the oldest one if more records cannot be read at a time. */
    static final int MOST_DOUBTFUL = 100;

    private final Decoder values;
    private final Consumer<Kill> kills;
    private final LongSupplier ticker;
    /** By offset, since a follower reads records again after trouble. */
    private final Map<Long, Doubtful> doubtful = new LinkedHashMap<>();

    /** Reads a kill out of a record. */
    @FunctionalInterface
    interface Decoder {
        Kill decode(ConsumerRecord<byte[], byte[]> polled) throws UnusableRecordException, RegistryAwayException;
    }

    private record Doubtful(ConsumerRecord<byte[], byte[]> polled, long until) {}

    /** @param ticker nanoseconds from any origin */
    KillReader(Decoder values, Consumer<Kill> kills, LongSupplier ticker) {
        this.values = values;
        this.kills = kills;
        this.ticker = ticker;
    }

    @Override
    public void read(ConsumerRecord<byte[], byte[]> polled) throws RegistryAwayException {
        try {
            kills.accept(values.decode(polled));
            doubtful.remove(polled.offset());
        } catch (UnusableRecordException e) {
            if (polled.value() == null) {
                log.warn("skipped {}: {}", place(polled), e.getMessage());
            } else if (!doubtful.containsKey(polled.offset())) {
                doubt(polled, e.getMessage());
            }
        }
    }

    private void doubt(ConsumerRecord<byte[], byte[]> polled, String why) {
        if (doubtful.isEmpty()) {
            log.warn(
                    "a kill cannot be read, and is tried again for {} s ({}): {}",
                    MOST_DOUBT.toSeconds(),
                    place(polled),
                    why);
        }
        doubtful.put(polled.offset(), new Doubtful(polled, ticker.getAsLong() + MOST_DOUBT.toNanos()));
        if (doubtful.size() > MOST_DOUBTFUL) {
            ConsumerRecord<byte[], byte[]> oldest =
                    doubtful.values().iterator().next().polled();
            doubtful.remove(oldest.offset());
            giveUp(oldest, "more than " + MOST_DOUBTFUL + " records of this topic cannot be read");
        }
    }

    @Override
    public void idle() throws RegistryAwayException {
        for (Doubtful each : new ArrayList<>(doubtful.values())) {
            ConsumerRecord<byte[], byte[]> polled = each.polled();
            try {
                kills.accept(values.decode(polled));
                doubtful.remove(polled.offset());
            } catch (UnusableRecordException e) {
                if (ticker.getAsLong() - each.until() >= 0) {
                    doubtful.remove(polled.offset());
                    giveUp(polled, e.getMessage());
                }
            }
        }
    }

    private static void giveUp(ConsumerRecord<byte[], byte[]> polled, String why) {
        log.error("a kill cannot be read, and the assignments that it names run on ({}): {}", place(polled), why);
    }

    private static String place(ConsumerRecord<byte[], byte[]> polled) {
        return "%s-%s offset %s".formatted(polled.topic(), polled.partition(), polled.offset());
    }
}
