package io.yardmaster.replay.fidelity;

import io.yardmaster.replay.recording.DayEntry.Assigned;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts the assignments of a shard in the order in which it made them: by their numbers, as they are spread over the partitions of the
 * dispatch topic.
 */
final class RecordedOrder {
    private static final long SAME_TICK_MS = 20;

    private final SortedMap<Long, Assigned> waiting = new TreeMap<>();
    private long next;
    private long missing;

    void add(Assigned assigned) {
        if (next == 0 || assigned.number() >= next) {
            waiting.put(assigned.number(), assigned);
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The time of the first assignment that was not taken; there must be one. */
    long firstAt() {
        return waiting.get(waiting.firstKey()).at();
    }

    /**
     * Takes the first assignments that have successive numbers and the same time; there must be one. The records of one tick may have
     * several times, as the brokers stamp them by partition: those between two that belong together belong to them.
     */
    List<Assigned> take() {
        long first = waiting.firstKey();
        missing += next == 0 ? 0 : first - next;
        long latest = waiting.get(first).at();
        long end = first + 1;
        Assigned looked = waiting.get(end);
        for (long number = end;
                looked != null && looked.at() <= latest + SAME_TICK_MS;
                looked = waiting.get(++number)) {
            if (looked.at() <= latest) {
                for (; end <= number; end++) {
                    latest = Math.max(latest, waiting.get(end).at());
                }
            }
        }
        List<Assigned> group = new ArrayList<>();
        for (long number = first; number < end; number++) {
            group.add(waiting.remove(number));
        }
        next = end;
        return group;
    }

    /** The numbers between those taken that nobody added. */
    long missing() {
        return missing;
    }
}
