package io.yardmaster.core.graph;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The work that is left to be done with a graph, in order. Mostly it is empty between calls, and then takes no memory. */
final class Agenda {
    /** Null if there is none. */
    private @Nullable Work first;
    /** All but the first; null until there was so much. */
    private @Nullable Deque<Work> others;

    private boolean hasOthers;

    boolean isEmpty() {
        return first == null;
    }

    /** Adds work behind all other. */
    void add(Work work) {
        if (first == null) {
            first = work;
        } else {
            others().add(work);
        }
    }

    /** Adds work before all other. */
    void addFirst(Work work) {
        if (first != null) {
            others().addFirst(first);
        }
        first = work;
    }

    private Deque<Work> others() {
        if (others == null) {
            others = new ArrayDeque<>();
        }
        hasOthers = true;
        return others;
    }

    /** Removes and returns the first work; null if there is none. */
    @Nullable
    Work poll() {
        Work work = first;
        first = null;
        if (hasOthers && others != null) {
            first = others.poll();
            hasOthers = !others.isEmpty();
        }
        return work;
    }

    void clear() {
        first = null;
        others = null;
        hasOthers = false;
    }

    void write(StateWriter writer) {
        if (first != null) {
            write(first, writer);
        }
        if (others != null) {
            others.forEach(work -> write(work, writer));
        }
    }

    private static void write(Work work, StateWriter writer) {
        writer.unsigned(work.code())
                .unsigned(work.stage())
                .unsigned(work.first())
                .signed(work.last());
    }

    /** Adds stored work behind all other. */
    void read(byte[] stored) {
        StateReader reader = new StateReader(stored);
        while (reader.hasMore()) {
            add(Work.of(reader.count(), reader.count(), reader.count(), (int) reader.signed()));
        }
    }
}
