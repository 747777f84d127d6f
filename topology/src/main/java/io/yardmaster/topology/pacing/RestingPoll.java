package io.yardmaster.topology.pacing;

import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Polls for a thread of Streams: as long as Streams asks for, and longer while all is quiet; a record or a wake ends
 * the poll at once. Streams ticks and commits between two polls, so it does neither during a long one.
 *
 * <p>Used by that thread alone, but for {@link #wake}.
 */
public final class RestingPoll {
    /** The slice of a thread in a group, which joins a rebalance so late if it begins during a rest. */
    public static final Duration SLICE = Duration.ofMillis(500);

    private final Function<Duration, ConsumerRecords<byte[], byte[]>> poll;
    private final Runnable wakeup;
    private final IdlePacer pacer;
    private final Duration slice;
    private long seen;
    private boolean resting;

    /**
     * Polls a consumer.
     *
     * @param poll the consumer's own
     * @param wakeup makes the consumer throw {@link WakeupException}, in this poll or, if that is over, in a later call
     * @param slice the longest single poll of a rest
     */
    public RestingPoll(
            Function<Duration, ConsumerRecords<byte[], byte[]>> poll,
            Runnable wakeup,
            IdlePacer pacer,
            Duration slice) {
        this.poll = poll;
        this.wakeup = wakeup;
        this.pacer = pacer;
        this.slice = slice;
    }

    /** Returns records, or none after the timeout or a rest; without waiting if the timeout is zero. */
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> polled = unlessWoken(timeout);
        Duration rested = Duration.ZERO;
        while (!timeout.isZero()
                // Neither records nor transaction markers, whose offsets Streams must commit, too.
                && polled.nextOffsets().isEmpty()
                && rested.compareTo(pacer.longestRest()) < 0
                && beginRest()) {
            polled = unlessWoken(slice);
            endRest();
            rested = rested.plus(slice);
        }
        seen = pacer.wakes();
        if (!polled.isEmpty()) {
            pacer.active();
        }
        return polled;
    }

    /** Ends a rest; may be called by any thread. */
    public synchronized void wake() {
        if (resting) {
            wakeup.run();
        }
    }

    private synchronized boolean beginRest() {
        resting = pacer.isQuiet() && pacer.wakes() == seen;
        return resting;
    }

    private synchronized void endRest() {
        resting = false;
    }

    /** A wake may come when the poll that it should end is over already, and then ends the next one. */
    private ConsumerRecords<byte[], byte[]> unlessWoken(Duration timeout) {
        try {
            return poll.apply(timeout);
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        }
    }
}
