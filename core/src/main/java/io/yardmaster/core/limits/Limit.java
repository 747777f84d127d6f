package io.yardmaster.core.limits;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;

/** Units of one kind of which tasks that were dispatched and have not ended hold some: a named limit, or the tasks of a group or of all jobs. */
final class Limit extends Constraint {
    /** A limit that does not exist has no units, so that tasks that need it wait (L10). */
    static final long NONE = 0;

    long capacity;
    /** Held by tasks that were dispatched and have not ended. */
    long used;
    /** Granted to tasks that are not dispatched yet, by level. A higher level may take them. */
    private final TreeMap<Integer, Long> granted = new TreeMap<>();
    /** The shapes that need it, if it is a named limit. */
    int shapes;
    /** The lines whose tasks need it, if it is a named limit. */
    final Set<Line> lines = new LinkedHashSet<>();

    Limit(String key, long capacity) {
        super(key);
        this.capacity = capacity;
    }

    /** The units that are neither held nor granted to the same or higher levels; below 0 if it was lowered. */
    @Override
    long room(int level) {
        long taken = used;
        for (long more : granted.tailMap(level, true).values()) {
            taken += more;
        }
        return capacity - taken;
    }

    /** Returns whether there is room for these units beside those that are held. */
    boolean hasRoom(long units) {
        return used + units <= capacity;
    }

    /** Counts units as granted; with a negative number, as not granted any more. */
    void grant(int level, long units) {
        granted.merge(level, units, (before, more) -> before + more == 0 ? null : before + more);
    }

    void beginCount() {
        used = 0;
        granted.clear();
    }

    long grantedUnits() {
        return granted.values().stream().mapToLong(Long::longValue).sum();
    }
}
