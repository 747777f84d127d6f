package io.yardmaster.replay.fidelity;

import io.yardmaster.replay.recording.AssignedTask;
import io.yardmaster.replay.recording.DayEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares the recorded assignments of a shard with those that the core makes, by their numbers. */
final class NumberedAssignments {
    private final TreeMap<Long, DayEntry.Assigned> recorded = new TreeMap<>();
    private final Map<Long, AssignedTask> made = new HashMap<>();
    private final TreeMap<Long, Long> beyond = new TreeMap<>();
    private long complete;
    private long assignments;
    private long latest;
    private long differences;
    private Optional<FirstDifference> first = Optional.empty();

    /** All recorded assignments up to this number were seen. */
    long complete() {
        return complete;
    }

    void recorded(DayEntry.Assigned assigned) {
        assignments++;
        long number = assigned.number();
        latest = Math.max(latest, number);
        beyond.put(number, number);
        while (!beyond.isEmpty() && beyond.firstKey() <= complete + 1) {
            complete = Math.max(complete, beyond.pollFirstEntry().getKey());
        }
        AssignedTask replayed = made.remove(number);
        if (replayed == null) {
            recorded.put(number, assigned);
        } else {
            compare(assigned, replayed);
        }
    }

    void made(long number, AssignedTask task) {
        DayEntry.Assigned assigned = recorded.remove(number);
        if (assigned == null) {
            made.put(number, task);
        } else {
            compare(assigned, task);
        }
    }

    private void compare(DayEntry.Assigned assigned, AssignedTask replayed) {
        if (!assigned.task().equals(replayed)) {
            differ(assigned, Optional.of(replayed));
        }
    }

    private void differ(DayEntry.Assigned assigned, Optional<AssignedTask> replayed) {
        differences++;
        if (first.isEmpty() || assigned.number() < first.get().number()) {
            first = Optional.of(new FirstDifference(assigned.number(), assigned.at(), assigned.task(), replayed));
        }
    }

    /**
     * Ends the comparison.
     *
     * @param cutOff whether the rest was not replayed because the recording ends before what the ticks read
     * @param stopped the reason for which the rest was not replayed, if it was not
     * @param otherwise the first other decisions than assignments that differ
     */
    ShardOrder end(int shard, boolean cutOff, Optional<String> stopped, Optional<String> otherwise) {
        if (!cutOff && stopped.isEmpty()) {
            // An assignment that is missing may carry the ticks of those behind it.
            Map<Long, DayEntry.Assigned> judged = recorded.headMap(complete, true);
            judged.values().forEach(assigned -> differ(assigned, Optional.empty()));
            judged.clear();
        }
        long left = recorded.size();
        return new ShardOrder(
                shard,
                assignments,
                0,
                0,
                latest - assignments,
                differences,
                first,
                Optional.of(new ShardOrder.ByTicks(left, stopped, otherwise)),
                Optional.empty());
    }
}
