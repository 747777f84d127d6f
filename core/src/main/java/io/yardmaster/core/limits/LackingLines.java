package io.yardmaster.core.limits;

import java.util.Comparator;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The lines of which the next task waits for units of a constraint: by level, the highest first, and by the units that it needs. */
final class LackingLines {
    private final TreeMap<Integer, TreeMap<Long, TreeSet<Line>>> byLevel = new TreeMap<>(Comparator.reverseOrder());

    boolean isEmpty() {
        return byLevel.isEmpty();
    }

    void clear() {
        byLevel.clear();
    }

    /** Adds a line, whose turn must not change before it is removed. */
    void add(Line line, long units) {
        byLevel.computeIfAbsent(line.level, level -> new TreeMap<>())
                .computeIfAbsent(units, needed -> new TreeSet<>(Line.ORDER))
                .add(line);
    }

    void remove(Line line, long units) {
        byLevel.computeIfPresent(line.level, (level, byUnits) -> {
            byUnits.computeIfPresent(units, (needed, lines) -> {
                lines.remove(line);
                return lines.isEmpty() ? null : lines;
            });
            return byUnits.isEmpty() ? null : byUnits;
        });
    }

    /** The first line for whose next task the constraint has room; null if there is none. */
    @Nullable
    Line first(Constraint constraint) {
        for (var ofLevel : byLevel.entrySet()) {
            long room = constraint.room(ofLevel.getKey());
            if (room <= 0) {
                return null; // lower levels have less
            }
            Line first = null;
            for (TreeSet<Line> lines : ofLevel.getValue().headMap(room, true).values()) {
                if (first == null || Line.ORDER.compare(lines.first(), first) < 0) {
                    first = lines.first();
                }
            }
            if (first != null) {
                return first;
            }
        }
        return null;
    }
}
