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
 * The most assignments ever outstanding: in the topic, not below the offset that the group had committed, and without an
 * outcome that was counted. The scheduler counts an assignment before it is in the topic, and learns of a commit or an outcome
 * after it was written, so this count
 * never exceeds the scheduler's. All brokers have the same clock.
 */
final class WindowRule {
    private WindowRule() {}

    private enum What {
        TAKEN,
        ENDED,
        ASSIGNED
    }

    /** At the same millisecond commits and outcomes come before assignments. */
    private record Event(long time, What what, int partition, long offset) {}

    static int mostOutstanding(Evidence evidence, CountedOutcomes counted) {
        List<Event> events = new ArrayList<>();
        for (Taken taken : evidence.taken()) {
            events.add(new Event(taken.time(), What.TAKEN, taken.partition(), taken.offset()));
        }
        for (Assigned assigned : evidence.assigned()) {
            if (!assigned.pool().isEmpty()) {
                continue; // its window is a limit
            }
            events.add(new Event(assigned.time(), What.ASSIGNED, assigned.partition(), assigned.offset()));
            ReportedOutcome outcome = counted.of(assigned.id());
            if (outcome != null) {
                long ended = Math.max(outcome.time(), assigned.time() + 1);
                events.add(new Event(ended, What.ENDED, assigned.partition(), assigned.offset()));
            }
        }
        events.sort(Comparator.comparingLong(Event::time).thenComparing(Event::what));
        Map<Integer, TreeSet<Long>> outstanding = new HashMap<>();
        Map<Integer, Long> committed = new HashMap<>();
        int count = 0;
        int most = 0;
        for (Event event : events) {
            TreeSet<Long> partition = outstanding.computeIfAbsent(event.partition(), p -> new TreeSet<>());
            int before = partition.size();
            if (event.what() == What.ENDED) {
                partition.remove(event.offset());
            } else if (event.what() == What.TAKEN) {
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
