package io.yardmaster.core.limits;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The lines that may have something to grant, in their order. A line that lacks units waits at the limit or the rate that lacks them, and is looked at again
 * when there are enough of them and no line before it may have them. So the cost of a release does not grow with the number of waiting tasks.
 */
final class ReadyLines {
    private final TreeSet<Line> ready = new TreeSet<>(Line.ORDER);
    /** Limits and rates of which some units were released, for which lines wait there. */
    private final Set<Constraint> released = new LinkedHashSet<>();

    void clear() {
        ready.clear();
        released.clear();
    }

    /** Files a line by the turn of its next list. Must follow each change of that. */
    void lookAgain(Line line) {
        remove(line);
        WaitingList next = line.next();
        if (next != null) {
            line.turn = next.turn;
            ready.add(line);
        }
    }

    /** Must precede each change of the turn of a line. Returns whether the line may have something to grant. */
    boolean remove(Line line) {
        if (line.lacking != null) {
            line.lacking.waiting.remove(line, line.shape.units(line.lacking));
            line.lacking = null;
        }
        return ready.remove(line);
    }

    /** Units of a limit or a rate were released, for which lines may wait. */
    void release(Constraint constraint) {
        if (!constraint.waiting.isEmpty()) {
            released.add(constraint);
        }
    }

    /** The first line that may have something to grant; null if none has. */
    @Nullable
    Line next() {
        Line first = ready.isEmpty() ? null : ready.first();
        for (Iterator<Constraint> constraints = released.iterator(); constraints.hasNext(); ) {
            Constraint constraint = constraints.next();
            Line woken = constraint.waiting.first(constraint);
            if (woken == null) {
                constraints.remove();
            } else if (first == null || Line.ORDER.compare(woken, first) < 0) {
                first = woken;
            }
        }
        if (first != null && first.lacking != null) {
            lookAgain(first);
        }
        return first;
    }

    /** Passes over a line until it is looked at again, or until there is room in the limit or the rate that lacks units, if one does. */
    void settle(Line line, @Nullable Constraint lacking) {
        remove(line);
        WaitingList next = line.next();
        if (lacking != null && next != null) {
            line.turn = next.turn;
            line.lacking = lacking;
            lacking.waiting.add(line, line.shape.units(lacking));
            lacking.awaited();
        }
    }
}
