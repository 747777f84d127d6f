package io.yardmaster.topology.window;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Outstanding assignments of one shard in one dispatch partition, the sum of three:
 *
 * <ul>
 *   <li>in flight: sent and not acknowledged by the broker;
 *   <li>acknowledged, neither taken by the group nor ended, with their offsets and ids;
 *   <li>counted only: undecided offsets that may hold an assignment, or the lag of a share group.
 * </ul>
 */
final class PartitionOutstanding {
    /** The same count over all shards that are open here; null once this shard is closed. */
    private AtomicLong ofAllShards;

    private final OffsetQueue acknowledged = new OffsetQueue();
    private int inFlight;
    private long counted;
    private long committed;
    /** The id of the latest assignment that was acknowledged: assignments of a shard are acknowledged in the order of their ids. */
    private long latestId = -1;

    PartitionOutstanding(AtomicLong ofAllShards) {
        this.ofAllShards = ofAllShards;
    }

    synchronized long outstanding() {
        return inFlight + acknowledged.size() + counted;
    }

    /** Subtracts this shard's count from the count over all shards, and leaves that alone from now on. */
    synchronized void close() {
        add(-outstanding());
        ofAllShards = null;
    }

    private void add(long difference) {
        if (ofAllShards != null && difference != 0) {
            ofAllShards.addAndGet(difference);
        }
    }

    synchronized void sent() {
        inFlight++;
        add(1);
    }

    synchronized void acknowledged(long offset, long id) {
        inFlight--;
        latestId = Math.max(latestId, id);
        if (offset >= committed) {
            acknowledged.add(offset, id);
        } else {
            add(-1);
        }
    }

    synchronized void failed() {
        inFlight--;
        add(-1);
    }

    /** Counts the assignment no longer; false if it is not known here. */
    synchronized boolean ended(long id) {
        if (!acknowledged.remove(id)) {
            return false;
        }
        add(-1);
        return true;
    }

    /** No assignment with an id below this one is in flight here, or may lie at an offset that is counted only. */
    synchronized long settled() {
        if (counted > 0) {
            return 0;
        }
        return inFlight > 0 ? latestId + 1 : Long.MAX_VALUE;
    }

    /** Returns whether the assignment is acknowledged, and neither taken nor ended. */
    synchronized boolean isAcknowledged(long id) {
        return acknowledged.has(id);
    }

    /** The ids of the assignments that are known. */
    synchronized long[] ids() {
        return acknowledged.ids();
    }

    /** One past the last offset that is known to hold an assignment of this shard. */
    synchronized long end() {
        return Math.max(committed, acknowledged.end());
    }

    /** A share group has not taken {@code lag} assignments below {@code end}, whichever they are. */
    synchronized void lags(long end, long lag) {
        long before = outstanding();
        committed = end;
        acknowledged.removeBelow(end);
        counted = lag;
        add(outstanding() - before);
    }

    /** The group will next read {@code offset}. */
    synchronized void committed(long offset) {
        long before = acknowledged.size();
        committed = offset;
        acknowledged.removeBelow(offset);
        add(acknowledged.size() - before);
    }

    /**
     * Takes over a reading of the topic.
     *
     * @param visible this shard's assignments below {@code decided}, from the committed offset on, by offset; those that
     *     ended before the group has committed them are among them again
     * @param decided below it, every transaction was known to be committed or aborted
     * @param barrier the reading counts up to here; offsets from {@code decided} on are assumed to hold assignments until
     *     another reading decides
     */
    synchronized void reconcile(List<AssignmentReader.Found> visible, long decided, long barrier) {
        long before = outstanding();
        acknowledged.replaceBelow(decided, visible);
        counted = Math.max(0, barrier - decided - acknowledged.countFrom(decided, barrier));
        acknowledged.removeBelow(committed);
        add(outstanding() - before);
    }
}
