package io.yardmaster.client;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.AcknowledgementCommitCallback;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker's lock on the one record that a member of a share group holds at a time. It is renewed without waiting for
 * the answer, so that a broker that is slow or away holds up nothing here. Used by the member's thread only.
 */
final class RecordLock implements AcknowledgementCommitCallback {
    private static final Logger log = LoggerFactory.getLogger(RecordLock.class);
    private static final int RENEWALS_PER_LOCK = 3;

    /** Assumed if the broker does not tell how long a lock holds; shorter than any default. */
    private static final int UNKNOWN_LOCK_MILLIS = 10_000;

    private enum State {
        NONE,
        HELD,
        RENEWING,
        RENEWED
    }

    private final ShareConsumer<byte[], byte[]> consumer;
    private final long mostNanosWithoutPoll;
    private final LongSupplier ticker;
    private State state = State.NONE;
    private ConsumerRecord<byte[], byte[]> locked;
    private boolean lost;
    private long since;
    private long lastSent;

    /** @param maxPollInterval the group removes a member that has not polled for so long */
    RecordLock(ShareConsumer<byte[], byte[]> consumer, Duration maxPollInterval, LongSupplier ticker) {
        this.consumer = consumer;
        this.mostNanosWithoutPoll = maxPollInterval.toNanos() / RENEWALS_PER_LOCK;
        this.ticker = ticker;
        consumer.setAcknowledgementCommitCallback(this);
    }

    /** Call it when the record has just been polled. */
    void hold(ConsumerRecord<byte[], byte[]> polled) {
        locked = polled;
        since = ticker.getAsLong();
        state = State.HELD;
        lost = false;
    }

    /** Renews the lock when that is due; call it as often as possible. */
    void tend() {
        long now = ticker.getAsLong();
        if (state == State.HELD && now - since >= Math.min(lockNanos() / RENEWALS_PER_LOCK, mostNanosWithoutPoll)) {
            consumer.acknowledge(locked, AcknowledgeType.RENEW);
            lastSent = now;
            state = State.RENEWING;
        }
        if (state == State.RENEWING) {
            // Sends pending acknowledgements, and calls back for answered ones.
            consumer.commitAsync();
        }
        // A broker confirms the renewal of a record that somebody else has finished meanwhile; only the clock tells.
        lost |= state != State.NONE && now - since >= lockNanos();
        if (state == State.RENEWED) {
            // Returns the same record again, in a form that can be acknowledged; fetches nothing.
            consumer.poll(Duration.ZERO);
            since = lastSent;
            state = State.HELD;
        }
    }

    /** True if another member may have the record; stays true until the next record is held. */
    boolean lost() {
        return lost;
    }

    /** True while a renewal is not answered; the record cannot be acknowledged meanwhile. */
    boolean renewing() {
        return state == State.RENEWING;
    }

    /** Acknowledges the record, unless its lock is known to be lost; the next poll or close sends this. */
    void end(AcknowledgeType verdict) {
        if (state == State.HELD) {
            consumer.acknowledge(locked, verdict);
            state = State.NONE;
        }
    }

    @Override
    public void onComplete(Map<TopicIdPartition, Set<Long>> offsets, Exception error) {
        boolean renewal = state == State.RENEWING && offsets.entrySet().stream().anyMatch(this::hasLocked);
        if (renewal) {
            state = error == null ? State.RENEWED : State.NONE;
            lost |= error != null;
        } else if (error != null && !lost) {
            log.warn("could not acknowledge {}, which may be delivered again: {}", offsets, error + "");
        }
    }

    private boolean hasLocked(Map.Entry<TopicIdPartition, Set<Long>> acknowledged) {
        var partition = new TopicPartition(locked.topic(), locked.partition());
        return acknowledged.getKey().topicPartition().equals(partition)
                && acknowledged.getValue().contains(locked.offset());
    }

    private long lockNanos() {
        return Duration.ofMillis(consumer.acquisitionLockTimeoutMs().orElse(UNKNOWN_LOCK_MILLIS))
                .toNanos();
    }
}
