package io.yardmaster.core.jobs;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The traces of the runs of a {@link RunBuffer}, first in first out. Neighbouring runs mostly came with one event and have the
 * same trace, so that each trace is kept once with the number of its runs.
 */
public final class RunTraces {
    /** The most characters of a trace. The W3C allows a trace state of 512. */
    private static final int MOST_LENGTH = 1_024;

    /** The most bytes of a number of stretches, of the runs of one, or of the characters of its text. */
    private static final int MOST_BYTES_OF_NUMBERS = 5;

    private static final class Stretch {
        private final @Nullable String trace;
        private int runs;

        Stretch(@Nullable String trace, int runs) {
            this.trace = trace;
            this.runs = runs;
        }
    }

    private final Deque<Stretch> stretches = new ArrayDeque<>();
    private int bytes = MOST_BYTES_OF_NUMBERS;

    /** @param runsWithout the number of earlier runs, which have no trace */
    RunTraces(int runsWithout) {
        if (runsWithout > 0) {
            append(null, runsWithout);
        }
    }

    private void append(@Nullable String trace, int runs) {
        stretches.add(new Stretch(trace, runs));
        bytes += bytesOf(trace);
    }

    private static int bytesOf(@Nullable String trace) {
        return 2 * MOST_BYTES_OF_NUMBERS + (trace == null ? 0 : trace.length());
    }

    /** An upper bound of the bytes that the traces take when they are written. */
    int bytes() {
        return bytes;
    }

    /** The same bound with one more trace, which may be null. */
    static int bytesWith(@Nullable RunTraces traces, @Nullable String trace) {
        return (traces == null ? MOST_BYTES_OF_NUMBERS + bytesOf(null) : traces.bytes) + bytesOf(trace);
    }

    /** The trace, or null if it is empty or too long to keep. */
    public static @Nullable String kept(@Nullable String trace) {
        return trace == null || trace.isEmpty() || trace.length() > MOST_LENGTH ? null : trace;
    }

    boolean isEmpty() {
        return stretches.isEmpty();
    }

    @Nullable
    String first() {
        return stretches.getFirst().trace;
    }

    @Nullable
    String last() {
        return stretches.getLast().trace;
    }

    /** Adds the trace, or null, of one more run. */
    void add(@Nullable String trace) {
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
