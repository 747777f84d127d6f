package io.yardmaster.scheduling;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * The traces of the runs of a {@link RunBuffer}, first in first out. Neighbours mostly have the same, having come with one
 * event: what is kept is each trace and how many runs have it.
 */
final class RunTraces {
    private static final class Stretch {
        private final String trace;
        private int runs;

        Stretch(String trace, int runs) {
            this.trace = trace;
            this.runs = runs;
        }
    }

    private final Deque<Stretch> stretches = new ArrayDeque<>();

    /** @param runsWithout that are there already and have no trace */
    RunTraces(int runsWithout) {
        if (runsWithout > 0) {
            stretches.add(new Stretch(null, runsWithout));
        }
    }

    boolean isEmpty() {
        return stretches.isEmpty();
    }

    String first() {
        return stretches.getFirst().trace;
    }

    String last() {
        return stretches.getLast().trace;
    }

    /** The trace, or null, of one run more. */
    void add(String trace) {
        Stretch last = stretches.peekLast();
        if (last != null && Objects.equals(last.trace, trace)) {
            last.runs++;
        } else {
            stretches.add(new Stretch(trace, 1));
        }
    }

    void removeFirst() {
        if (--stretches.getFirst().runs == 0) {
            stretches.removeFirst();
        }
    }

    void write(RecordWriter writer) {
        writer.unsigned(stretches.size());
        for (Stretch stretch : stretches) {
            writer.unsigned(stretch.runs).text(stretch.trace == null ? "" : stretch.trace);
        }
    }

    static RunTraces read(RecordReader reader) {
        RunTraces traces = new RunTraces(0);
        for (int rest = reader.count(); rest > 0; rest--) {
            int runs = reader.count();
            String trace = reader.text();
            traces.stretches.add(new Stretch(trace.isEmpty() ? null : trace, runs));
        }
        return traces;
    }
}
