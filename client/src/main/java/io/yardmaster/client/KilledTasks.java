package io.yardmaster.client;

import io.yardmaster.schemas.Kill;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The kills that name some regular tasks of one job; of those that name a task, the newest. Thread-safe. */
final class KilledTasks {
    /** By their first tasks; they do not overlap. */
    private final NavigableMap<Long, Range> ranges = new TreeMap<>();

    /** @param end the first task behind the range */
    private record Range(long first, long end, Kill kill) {}

    private static Range of(Kill kill) {
        return new Range(kill.getFirstTask(), kill.getFirstTask() + (long) kill.getTasks(), kill);
    }

    /** Adds a kill of one task or more. A kill of an older session takes no task from one of a newer session. */
    synchronized void add(Kill kill) {
        Range added = of(kill);
        long free = added.first();
        for (Range known : overlapping(added)) {
            if (known.kill().getSessionId() > kill.getSessionId()) {
                put(free, known.first(), kill);
                free = known.end();
            } else {
                ranges.remove(known.first());
                put(known.first(), added.first(), known.kill());
                put(added.end(), known.end(), known.kill());
            }
        }
        put(free, added.end(), kill);
    }

    private void put(long first, long end, Kill kill) {
        if (first < end) {
            ranges.put(first, new Range(first, end, kill));
        }
    }

    /** In their order. */
    private List<Range> overlapping(Range range) {
        List<Range> overlapping = new ArrayList<>();
        Map.Entry<Long, Range> before = ranges.lowerEntry(range.first());
        if (before != null && before.getValue().end() > range.first()) {
            overlapping.add(before.getValue());
        }
        overlapping.addAll(ranges.subMap(range.first(), range.end()).values());
        return overlapping;
    }

    /** Forgets a kill, but not an equal one that was added later; true if none is left. */
    @SuppressWarnings("ReferenceEquality")
    synchronized boolean remove(Kill kill) {
        for (Range known : overlapping(of(kill))) {
            if (known.kill() == kill) {
                ranges.remove(known.first());
            }
        }
        return ranges.isEmpty();
    }

    /** The newest kill that names this task. */
    synchronized Optional<Kill> naming(int task) {
        return Optional.ofNullable(ranges.floorEntry((long) task))
                .map(Map.Entry::getValue)
                .filter(range -> task < range.end())
                .map(Range::kill);
    }
}
