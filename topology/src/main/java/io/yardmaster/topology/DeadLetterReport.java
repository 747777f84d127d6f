package io.yardmaster.topology;

import io.yardmaster.topology.meters.Meters;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells log and meters of dead letters once their transaction is committed. Thread-safe. */
final class DeadLetterReport {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterReport.class);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String topic;
    private final Meters meters;
    private final LongSupplier nanoTime;
    private Sent latest;
    private long unreported;
    private long reportedAt;
    private boolean reported;

    /** A letter: the topic of the refused record, where exactly it lies, and why it was refused. */
    record Sent(String topic, String source, String reason) {}

    /** @param topic of the dead letters */
    DeadLetterReport(String topic, Meters meters, LongSupplier nanoTime) {
        this.topic = topic;
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    String topic() {
        return topic;
    }

    /** A transaction with these letters, mostly none, was committed. */
    void committed(List<Sent> letters) {
        letters.forEach(letter -> meters.deadLetter(letter.topic()));
        log(letters);
    }

    /** A flood of poison pills is told of every ten seconds, with one example. */
    private synchronized void log(List<Sent> letters) {
        if (!letters.isEmpty()) {
            unreported += letters.size();
            latest = letters.get(letters.size() - 1);
        }
        long now = nanoTime.getAsLong();
        if (unreported > 0 && (!reported || now - reportedAt >= INTERVAL_NANOS)) {
            LOG.warn(
                    "{} record(s) went to {}, the last one from {}: {}",
                    unreported,
                    topic,
                    latest.source(),
                    latest.reason());
            unreported = 0;
            reportedAt = now;
            reported = true;
        }
    }
}
