package io.yardmaster.topology;

import io.yardmaster.topology.meters.Meters;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and counts dead letters once their transaction is committed. Thread-safe. */
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

    /** A letter: topic of the refused record, its place as topic-partition@offset, and the reason. */
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

    /** A transaction with these letters, usually none, was committed. */
    void committed(List<Sent> letters) {
        letters.forEach(letter -> meters.deadLetter(letter.topic()));
        log(letters);
    }

    /** Logs at most every ten seconds, with one example, even in a flood of poison pills. */
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
