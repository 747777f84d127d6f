package io.yardmaster.replay.fidelity;

import io.yardmaster.replay.recording.DayEntry;
import io.yardmaster.replay.recording.RecordedTopic;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A way in which a tick may have come about. A shard reads a topic in its order, but may read one topic sooner than another.
 *
 * @param read the number of pending entries up to which the shard had read
 * @param idle whether it had ticked before that with nothing to offer
 * @param late a topic that it had read only up to the entry with the number {@code lateFrom}
 * @param early a topic that it had read before the others
 */
record TickWay(int read, boolean idle, Optional<RecordedTopic> late, int lateFrom, Optional<RecordedTopic> early) {

    TickWay(int read, boolean idle) {
        this(read, idle, Optional.empty(), 0, Optional.empty());
    }

    /** The entries that the shard had read, in their order. */
    List<DayEntry> entries(List<DayEntry> pending) {
        List<DayEntry> first = new ArrayList<>();
        List<DayEntry> then = new ArrayList<>();
        BitSet taken = taken(pending);
        for (int i = taken.nextSetBit(0); i >= 0; i = taken.nextSetBit(i + 1)) {
            (early.isPresent() && is(pending.get(i), early) ? first : then).add(pending.get(i));
        }
        first.addAll(then);
        return first;
    }

    /** Removes the entries that the shard had read. */
    void removeFrom(List<DayEntry> pending) {
        BitSet taken = taken(pending);
        List<DayEntry> left = new ArrayList<>();
        for (int i = taken.nextClearBit(0); i < read; i = taken.nextClearBit(i + 1)) {
            left.add(pending.get(i));
        }
        List<DayEntry> begin = pending.subList(0, read);
        begin.clear();
        pending.addAll(0, left);
    }

    private BitSet taken(List<DayEntry> pending) {
        BitSet taken = new BitSet();
        taken.set(0, read);
        if (late.isPresent()) {
            for (int i = lateFrom; i < read; i++) {
                taken.set(i, !is(pending.get(i), late));
            }
        }
        return taken;
    }

    private static boolean is(DayEntry entry, Optional<RecordedTopic> topic) {
        return entry instanceof DayEntry.Arrived arrived && topic.equals(Optional.of(arrived.topic()));
    }
}
