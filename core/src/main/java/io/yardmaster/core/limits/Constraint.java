package io.yardmaster.core.limits;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Something that may keep tasks from being granted, a limit or a rate. Lines and lists wait at it until it has room. */
abstract class Constraint {
    final String key;
    /** The lines that wait for it, if all of their tasks need it. */
    final LackingLines waiting = new LackingLines();
    /** The lists that wait for it, if it is that of a group; a list that is looked at again in between comes back to its place. */
    private final Set<WaitingList> blocked = new LinkedHashSet<>();

    Constraint(String key) {
        this.key = key;
    }

    /** The units that may still be granted to tasks of this level; may be below 0. */
    abstract long room(int level);

    /** Returns whether tasks of this level may be granted these units. */
    boolean mayGrant(long units, int level) {
        return units <= room(level);
    }

    /** Takes note that something waits for it. */
    void awaited() {}

    boolean isAwaited() {
        return !waiting.isEmpty() || !blocked.isEmpty();
    }

    void block(WaitingList list) {
        blocked.add(list);
        awaited();
    }

    /** Returns the blocked lists, which are so no more. */
    List<WaitingList> unblock() {
        if (blocked.isEmpty()) {
            return List.of();
        }
        List<WaitingList> all = List.copyOf(blocked);
        blocked.clear();
        return all;
    }
}
