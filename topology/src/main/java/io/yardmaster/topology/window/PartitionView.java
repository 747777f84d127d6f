package io.yardmaster.topology.window;

/**
 * What of one lane is out in one dispatch partition: assignments on their way to the broker, those it has acknowledged
 * and the group has not taken, and what is counted only as a number: offsets of which it is not decided yet whether they
 * hold an assignment, or the lag of a share group.
 */
final class PartitionView {
    private final OffsetQueue acknowledged = new OffsetQueue();
    private int inFlight;
    private long counted;
    private long committed;

    synchronized long outstanding() {
        return inFlight + acknowledged.size() + counted;
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

    /** One past the last offset that is known to hold an assignment of this lane. */
    synchronized long end() {
        return Math.max(committed, acknowledged.end());
    }

    /** Of a share group: so many below {@code end} are not taken, whichever they are. */
    synchronized void lags(long end, long lag) {
        committed = end;
        acknowledged.removeBelow(end);
        counted = lag;
    }

    /** The group will next read {@code offset}. */
    synchronized void committed(long offset) {
        committed = offset;
        acknowledged.removeBelow(offset);
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
        acknowledged.replaceBelow(decided, visible);
        counted = Math.max(0, barrier - decided - acknowledged.countFrom(decided, barrier));
        acknowledged.removeBelow(committed);
    }
}
