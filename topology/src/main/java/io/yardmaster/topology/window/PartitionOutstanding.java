package io.yardmaster.topology.window;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What of one lane is out in one dispatch partition: assignments on their way to the broker, those it has acknowledged
 * and the group has not taken, and what is counted only as a number: offsets of which it is not decided yet whether they
 * hold an assignment, or the lag of a share group.
 */
final class PartitionOutstanding {
    /** What is out in the dispatch partition, of all lanes that are open here; null once this lane is not. */
    private AtomicLong ofAllLanes;

    private final OffsetQueue acknowledged = new OffsetQueue();
    private int inFlight;
    private long counted;
    private long committed;

    PartitionOutstanding(AtomicLong ofAllLanes) {
        this.ofAllLanes = ofAllLanes;
    }

    synchronized long outstanding() {
        return inFlight + acknowledged.size() + counted;
    }

    /** From now on it is not among what is out of all lanes. */
    synchronized void close() {
        add(-outstanding());
        ofAllLanes = null;
    }

    private void add(long difference) {
        if (ofAllLanes != null && difference != 0) {
            ofAllLanes.addAndGet(difference);
        }
    }

    synchronized void sent() {
        inFlight++;
        add(1);
    }

    synchronized void acknowledged(long offset) {
        inFlight--;
        if (offset >= committed) {
            acknowledged.add(offset);
        } else {
            add(-1);
        }
    }

    synchronized void failed() {
        inFlight--;
        add(-1);
    }

    /** One past the last offset that is known to hold an assignment of this lane. */
    synchronized long end() {
        return Math.max(committed, acknowledged.end());
    }

    /** Of a share group: so many below {@code end} are not taken, whichever they are. */
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
     * Takes over what was read from the topic.
     *
     * @param visible the offsets below {@code decided}, from the committed one on, that hold assignments of this lane
     * @param decided below it, every transaction was known to be committed or aborted
     * @param barrier below it, everything is to be taken over; what lies from {@code decided} on is assumed to be
     *     assignments until another reading decides
     */
    synchronized void reconcile(long[] visible, long decided, long barrier) {
        long before = outstanding();
        acknowledged.replaceBelow(decided, visible);
        counted = Math.max(0, barrier - decided - acknowledged.countFrom(decided, barrier));
        acknowledged.removeBelow(committed);
        add(outstanding() - before);
    }
}
