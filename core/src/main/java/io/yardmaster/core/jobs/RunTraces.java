package io.yardmaster.core.jobs;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * The traces of the runs of a {@link RunBuffer}, first in first out. Neighbours mostly have the same, having come with one
 * event: what is kept is each trace and how many runs have it.
 */
public final class RunTraces {
    /** Of a trace, in characters. The W3C allows a trace state of 512. */
    private static final int MOST_LENGTH = 1_024;

    /** How many stretches there are, how many runs one has, and how long its text is. */
    private static final int MOST_BYTES_OF_NUMBERS = 5;

    private static final class Stretch {
        private final String trace;
        private int runs;

        Stretch(String trace, int runs) {
            this.trace = trace;
            this.runs = runs;
        }
    }

    private final Deque<Stretch> stretches = new ArrayDeque<>();
    private int bytes = MOST_BYTES_OF_NUMBERS;

    /** @param runsWithout that are there already and have no trace */
    RunTraces(int runsWithout) {
        if (runsWithout > 0) {
            append(null, runsWithout);
        }
    }

    private void append(String trace, int runs) {
        stretches.add(new Stretch(trace, runs));
        bytes += bytesOf(trace);
    }

    private static int bytesOf(String trace) {
        return 2 * MOST_BYTES_OF_NUMBERS + (trace == null ? 0 : trace.length());
    }

    /** How many it takes to write them, at most. */
    int bytes() {
        return bytes;
    }

    /** And with one more, of no trace or this one. */
    static int bytesWith(RunTraces traces, String trace) {
        return (traces == null ? MOST_BYTES_OF_NUMBERS + bytesOf(null) : traces.bytes) + bytesOf(trace);
    }

    /** The trace, or null where there is none that can be kept. */
    public static String kept(String trace) {
        return trace == null || trace.isEmpty() || trace.length() > MOST_LENGTH ? null : trace;
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
            append(trace, 1);
        }
    }

    void removeFirst() {
        if (--stretches.getFirst().runs == 0) {
            bytes -= bytesOf(stretches.removeFirst().trace);
        }
    }

    void write(StateWriter writer) {
        writer.unsigned(stretches.size());
        for (Stretch stretch : stretches) {
            writer.unsigned(stretch.runs).text(stretch.trace == null ? "" : stretch.trace);
        }
    }

    static RunTraces read(StateReader reader) {
        RunTraces traces = new RunTraces(0);
        for (int rest = reader.count(); rest > 0; rest--) {
            int runs = reader.count();
            String trace = reader.text();
            traces.append(trace.isEmpty() ? null : trace, runs);
        }
        return traces;
    }
}
