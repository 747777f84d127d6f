package io.yardmaster.replay.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.replay.HostChange;
import io.yardmaster.replay.ModelHost;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The hosts of a recorded deployment as they came and went. A recording has of each host its first heartbeat, those in which it is another
 * one, and the last one before it fell silent.
 *
 * <p>Hosts that are heard of within {@value #SILENT_MS} ms of the first one were there before: each heartbeat of these is not more than
 * so long after the one before. Behind the last assignment or outcome nothing changes any more, so that a policy under which the work takes
 * longer has the hosts of that moment.
 */
public final class RecordedHosts {
    /** A host of which nothing is heard for longer is gone, in ms: the scheduler gives its tasks to others then. */
    public static final long SILENT_MS = 40_000;

    /** In the value of a record; false if it is the last heartbeat of a host that is gone. */
    public static final String PRESENT = "present";

    private static final int MOST_CHANGES = 1_000_000;
    private static final long NEVER = Long.MIN_VALUE;

    private final List<HostChange> changes = new ArrayList<>();
    private final Map<String, Known> latest = new HashMap<>();
    private long firstHeard = NEVER;
    private long lastTask = NEVER;

    private record Known(long at, long incarnation) {}

    /** Takes a record of the topic. Throws {@link IllegalArgumentException} with a reason if it makes no sense. */
    void heard(RecordRow record) {
        JsonNode value = record.value();
        String pool = Fields.text(value, "pool");
        String name = Fields.text(value, "host");
        long incarnation = Fields.number(value, "incarnation");
        boolean present = Fields.flag(value, PRESENT);
        if (changes.size() == MOST_CHANGES) {
            throw new IllegalArgumentException("hosts change more than " + MOST_CHANGES + " times");
        }
        firstHeard = firstHeard == NEVER ? record.timestampMs() : firstHeard;
        Known before = latest.get(pool + '/' + name);
        long at = record.timestampMs();
        if (before != null) {
            at = Math.max(at, before.at());
        } else if (at - firstHeard <= SILENT_MS) {
            at = HostChange.BEFORE;
        }
        latest.put(pool + '/' + name, new Known(at, incarnation));
        changes.add(new HostChange(at, pool, host(name, present, value), isAnew(before, incarnation) || !present));
    }

    private static boolean isAnew(Known before, long incarnation) {
        return before != null && before.incarnation() != incarnation;
    }

    private static ModelHost host(String name, boolean present, JsonNode value) {
        if (!present) {
            return new ModelHost(name, Collections.emptySortedMap(), Map.of());
        }
        Map<String, String> labels = new TreeMap<>();
        value.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return new ModelHost(name, new TreeMap<>(Fields.numbers(value, "total")), labels);
    }

    /** An assignment was made, or an outcome came. */
    void busy(long at) {
        lastTask = Math.max(lastTask, at);
    }

    /** The changes of the hosts of these pools, by their times. */
    List<HostChange> changes(Predicate<String> pools) {
        return changes.stream()
                .filter(change -> pools.test(change.pool()) && (lastTask == NEVER || change.at() <= lastTask))
                .sorted(Comparator.comparingLong(HostChange::at))
                .toList();
    }

    /** Returns whether nothing is known of the hosts of that time, so that those that were heard of first stand in for them. */
    boolean isLaterThan(long time) {
        return firstHeard != NEVER && firstHeard - SILENT_MS > time;
    }
}
