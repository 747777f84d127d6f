package io.yardmaster.topology.window;

/**
 * What is out in one dispatch partition: assignments on their way to the broker, those it has acknowledged and the
 * group has not committed, and offsets of which it is not decided yet whether they hold an assignment.
 */
final class PartitionView {
    private final OffsetQueue acknowledged = new OffsetQueue();
    private int inFlight;
    private long undecided;
    private long committed;

    synchronized long outstanding() {
        return inFlight + acknowledged.size() + undecided;
    }

    synchronized void sent() {
        inFlight++;
    }

    synchronized void acknowledged(long offset) {
        inFlight--;
        if (offset >= committed) {
            acknowledged.add(offset);
        }
    }

    synchronized void failed() {
        inFlight--;
    }

    /** The group will next read {@code offset}. Returns false if it went back, and what is out must be looked up. */
    synchronized boolean committed(long offset) {
        if (offset < committed) {
            committed = offset;
            return false;
        }
        committed = offset;
        acknowledged.removeBelow(offset);
        return true;
    }

    /**
     * Takes over what was read from the topic.
     *
     * @param visible the offsets below {@code decided}, from the committed one on, that hold assignments
     * @param decided below it, every transaction was known to be committed or aborted
     * @param barrier below it, everything is to be taken over; what lies from {@code decided} on is assumed to be
     *     assignments until another reading decides
     */
    synchronized void reconcile(long[] visible, long decided, long barrier) {
        acknowledged.replaceBelow(decided, visible);
        undecided = Math.max(0, barrier - decided - acknowledged.countFrom(decided, barrier));
        acknowledged.removeBelow(committed);
    }
}
