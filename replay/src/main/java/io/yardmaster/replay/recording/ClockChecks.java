package io.yardmaster.replay.recording;

import io.yardmaster.replay.CountText;
import io.yardmaster.replay.InvalidDayException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Notices partitions whose timestamps go back, and offsets that do. Hosts are left out: a host whose heartbeats end is told of behind
 * those of others that came later.
 */
final class ClockChecks {
    private final SortedMap<Source, Map<Integer, Clock>> clocks = new TreeMap<>();
    /** The table of the record before, and the clocks of its topic by partition. */
    private RecordTable table;

    private Map<Integer, Clock> ofTable = Map.of();

    private record Source(RecordedTopic topic, String pool) implements Comparable<Source> {
        private static final Comparator<Source> ORDER =
                Comparator.comparing(Source::topic).thenComparing(Source::pool);

        @Override
        public int compareTo(Source other) {
            return ORDER.compare(this, other);
        }
    }

    private static final class Clock {
        long offset = -1;
        long time = Long.MIN_VALUE;
        long times;
        long furthest;
    }

    void see(RecordRow record) {
        if (record.topic() == RecordedTopic.HOSTS) {
            return;
        }
        if (record.table() != table) {
            table = record.table();
            ofTable = clocks.computeIfAbsent(new Source(table.topic(), table.pool()), source -> new HashMap<>());
        }
        Clock clock = ofTable.computeIfAbsent(record.partition(), partition -> new Clock());
        if (record.offset() <= clock.offset) {
            throw new InvalidDayException(
                    "%s comes behind offset %s of its partition".formatted(record.place(), clock.offset));
        }
        clock.offset = record.offset();
        if (record.timestampMs() < clock.time) {
            clock.times++;
            clock.furthest = Math.max(clock.furthest, clock.time - record.timestampMs());
        } else {
            clock.time = record.timestampMs();
        }
    }

    /** A sentence for each partition whose clock went back. */
    List<String> notices() {
        List<String> notices = new ArrayList<>();
        clocks.forEach((source, ofTopic) -> new TreeMap<>(ofTopic).forEach((partition, clock) -> {
            if (clock.times > 0) {
                notices.add(
                        "%s-%s: the clock goes back: %s, up to %s ms older than one before; the order of the offsets counts"
                                .formatted(
                                        source.topic().id(source.pool()),
                                        partition,
                                        CountText.of(clock.times, "record"),
                                        clock.furthest));
            }
        }));
        return notices;
    }
}
