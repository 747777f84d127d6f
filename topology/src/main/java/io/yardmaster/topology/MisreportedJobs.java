package io.yardmaster.topology;

import io.yardmaster.core.Scheduler;
import java.nio.ByteBuffer;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The jobs with graphs of which an outcome was refused as a dead letter. Somebody reports their tasks, so none of them succeeds
 * without an outcome any more. Kept in the shard's state until their graphs have ended.
 */
final class MisreportedJobs {
    /** In the scheduler's store, beside those of {@link TakenFloor}; the keys go on with the jobs. */
    private static final byte[] KEY = {(byte) 0xFE, 6};

    private static final byte[] NOTHING = {};

    private final int shard;
    private final RefusedOutcomes refused;
    private final KeyValueStore<Bytes, byte[]> state;
    private final Scheduler scheduler;
    private final TreeSet<Long> jobs = new TreeSet<>();
    private long additions;
    /** Those up to this one were looked at. */
    private long lookedAt = Long.MIN_VALUE;

    MisreportedJobs(int shard, RefusedOutcomes refused, KeyValueStore<Bytes, byte[]> state, Scheduler scheduler) {
        this.shard = shard;
        this.refused = refused;
        this.state = state;
        this.scheduler = scheduler;
        try (KeyValueIterator<Bytes, byte[]> stored = state.range(key(0), key(-1))) {
            stored.forEachRemaining(
                    entry -> jobs.add(ByteBuffer.wrap(entry.key.get()).getLong(KEY.length)));
        }
    }

    private static Bytes key(long job) {
        return Bytes.wrap(ByteBuffer.allocate(KEY.length + Long.BYTES)
                .put(KEY)
                .putLong(job)
                .array());
    }

    /** Stores the jobs of outcomes that were refused meanwhile; must precede the commit of the transaction that has read them. */
    void store() {
        for (long job : refused.take(shard)) {
            if (scheduler.awaited().hasGraph(job) && jobs.add(job)) {
                state.put(key(job), NOTHING);
                additions++;
            }
        }
    }

    /** Changes if there may be more of them. */
    long additions() {
        return additions;
    }

    boolean contains(long job) {
        return jobs.contains(job);
    }

    /** Looks at the next one, and forgets it if its graph has ended. */
    void look() {
        Long next = jobs.higher(lookedAt);
        lookedAt = next == null ? Long.MIN_VALUE : next;
        if (next != null && !scheduler.awaited().hasGraph(next)) {
            jobs.remove(next);
            state.delete(key(next));
        }
    }
}
