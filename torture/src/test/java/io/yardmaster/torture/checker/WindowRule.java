package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.Taken;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The most assignments ever outstanding: in the topic, and not below the offset that the group had committed. The
 * scheduler counts an assignment before it is in the topic, and learns of a commit after it was written, so this count
 * never exceeds the scheduler's. All brokers have the same clock.
 */
final class WindowRule {
    private WindowRule() {}

    /** At the same millisecond commits come before assignments. */
    private record Event(long time, boolean assigned, int partition, long offset) {}

    static int mostOutstanding(Evidence evidence) {
        List<Event> events = new ArrayList<>();
        for (Taken taken : evidence.taken()) {
            events.add(new Event(taken.time(), false, taken.partition(), taken.offset()));
        }
        for (Assigned assigned : evidence.assigned()) {
            events.add(new Event(assigned.time(), true, assigned.partition(), assigned.offset()));
        }
        events.sort(Comparator.comparingLong(Event::time).thenComparing(Event::assigned));
        Map<Integer, TreeSet<Long>> outstanding = new HashMap<>();
        Map<Integer, Long> committed = new HashMap<>();
        int count = 0;
        int most = 0;
        for (Event event : events) {
            TreeSet<Long> partition = outstanding.computeIfAbsent(event.partition(), p -> new TreeSet<>());
            int before = partition.size();
            if (!event.assigned()) {
                committed.merge(event.partition(), event.offset(), Math::max);
                partition.headSet(event.offset()).clear();
            } else if (event.offset() >= committed.getOrDefault(event.partition(), 0L)) {
                partition.add(event.offset());
            }
            count += partition.size() - before;
            most = Math.max(most, count);
        }
        return most;
    }
}
