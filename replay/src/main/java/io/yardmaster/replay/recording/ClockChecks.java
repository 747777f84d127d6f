package io.yardmaster.replay.recording;

import io.yardmaster.replay.CountText;
import io.yardmaster.replay.InvalidDayException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Notices partitions whose timestamps go back, and offsets that do. */
final class ClockChecks {
    private final Map<RecordedTopic, SortedMap<Integer, Clock>> clocks = new EnumMap<>(RecordedTopic.class);

    private static final class Clock {
        long offset = -1;
        long time = Long.MIN_VALUE;
        long times;
        long furthest;
    }

    void see(RecordedRecord record) {
        Clock clock = clocks.computeIfAbsent(record.topic(), topic -> new TreeMap<>())
                .computeIfAbsent(record.partition(), partition -> new Clock());
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
        clocks.forEach((topic, partitions) -> partitions.forEach((partition, clock) -> {
            if (clock.times > 0) {
                notices.add(
                        "%s-%s: the clock goes back: %s, up to %s ms older than one before; the order of the offsets counts"
                                .formatted(topic.id(), partition, CountText.of(clock.times, "record"), clock.furthest));
            }
        }));
        return notices;
    }
}
