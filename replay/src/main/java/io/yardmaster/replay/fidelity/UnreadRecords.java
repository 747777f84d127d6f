package io.yardmaster.replay.fidelity;

import io.yardmaster.core.ticks.LoggedCall;
import io.yardmaster.core.ticks.TickInput;
import io.yardmaster.core.values.Event;
import io.yardmaster.replay.recording.DayEntry;
import io.yardmaster.replay.recording.RecordedTopic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The records of a shard that no tick has read yet, by topic and offset. */
final class UnreadRecords {
    /** A scheduler holds fewer commands at once. */
    private static final int MOST_KEPT = 100_000;

    private final Map<TickInput, NavigableMap<Long, Event>> records = new EnumMap<>(TickInput.class);
    private final Map<TickInput, Long> seen = new EnumMap<>(TickInput.class);

    UnreadRecords() {
        for (TickInput input : TickInput.values()) {
            records.put(input, new TreeMap<>());
            seen.put(input, -1L);
        }
    }

    static RecordedTopic topic(TickInput input) {
        return switch (input) {
            case READY -> RecordedTopic.READY;
            case COMMIT -> RecordedTopic.COMMIT;
            case CLEANUP -> RecordedTopic.CLEANUP;
            case GRAPHS -> RecordedTopic.GRAPHS;
            case COMMANDS -> RecordedTopic.COMMANDS;
            case OUTCOMES -> RecordedTopic.OUTCOMES;
        };
    }

    void add(DayEntry.Arrived arrived) {
        for (TickInput input : TickInput.values()) {
            if (topic(input) == arrived.topic()) {
                records.get(input).put(arrived.offset(), arrived.event());
                seen.put(input, arrived.offset());
            }
        }
    }

    /** Returns whether all that was read was added. */
    boolean isThere(LoggedCall.Read read) {
        return seen.get(read.input()) >= read.last();
    }

    /** Takes the records that were read, and forgets those before them, which were refused; empty if not all are there. */
    Optional<Iterable<Event>> take(LoggedCall.Read read) {
        NavigableMap<Long, Event> known = records.get(read.input());
        NavigableMap<Long, Event> range = known.subMap(read.first(), true, read.last(), true);
        if (range.size() != read.count()) {
            return Optional.empty();
        }
        List<Event> taken = new ArrayList<>(range.values());
        range.clear();
        if (read.input() != TickInput.COMMANDS) {
            known.headMap(read.first()).clear();
        }
        return Optional.of(taken);
    }

    /** Puts a command back that may be read again. */
    void keep(LoggedCall.Read read, Event event) {
        NavigableMap<Long, Event> known = records.get(read.input());
        known.put(read.first(), event);
        if (known.size() > MOST_KEPT) {
            known.pollFirstEntry();
        }
    }

    void clear() {
        records.values().forEach(Map::clear);
    }
}
