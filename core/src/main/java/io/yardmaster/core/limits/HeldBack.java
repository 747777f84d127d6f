package io.yardmaster.core.limits;

import io.yardmaster.core.values.LimitKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Limits of which the line that goes first lacks some units: lines behind it get none of these, or else what is released would go to
 * tasks with small needs, again and again (L3). Only for a line whose tasks need a small part of a limit, so that as much of it is in
 * use as the rules ask for (L4). A line whose pool is full holds back nothing but the pool (L9), and one whose pool has used its rate up holds
 * back nothing at all.
 */
final class HeldBack {
    /** A task that needs a larger part of a limit than one of this holds nothing back. */
    private static final int SMALLEST_PART = 20;

    private final Registry registry;
    private final Set<Limit> limits = new HashSet<>();
    private final List<Line> passed = new ArrayList<>();

    HeldBack(Registry registry) {
        this.registry = registry;
    }

    /** Forgets all, and returns the lines that were passed over, which must be looked at again. */
    List<Line> begin() {
        List<Line> again = List.copyOf(passed);
        limits.clear();
        passed.clear();
        return again;
    }

    /** Returns whether a line must be passed over. */
    boolean keeps(Line line) {
        if (limits.isEmpty()) {
            return false;
        }
        for (Limit limit : line.shape.limits) {
            if (limits.contains(limit)) {
                passed.add(line);
                return true;
            }
        }
        return false;
    }

    /** Takes note that a line goes first and lacks units. */
    void lacks(Line line) {
        if (registry.lackingRateOfPool(line) != null) {
            return;
        }
        Shape shape = line.shape;
        for (int i = 0; i < shape.limits.length; i++) {
            if (shape.units[i] * SMALLEST_PART > shape.limits[i].capacity) {
                return;
            }
        }
        passed.add(line);
        hold(registry.lacking(line, 1));
    }

    /** Takes note that a line goes first, of which so many tasks wait to be granted together (P5). */
    void lacksForGang(Line line, int tasks) {
        passed.add(line);
        for (int i = 0; i < line.shape.limits.length; i++) {
            if (tasks * line.shape.units[i] > line.shape.limits[i].capacity) {
                return; // however long others waited
            }
        }
        hold(registry.lacking(line, tasks));
    }

    private void hold(List<Limit> lacking) {
        boolean poolIsFull = lacking.stream().anyMatch(limit -> LimitKeys.isOfPool(limit.key));
        lacking.stream()
                .filter(limit -> !poolIsFull || LimitKeys.isOfPool(limit.key))
                .forEach(limits::add);
    }
}
