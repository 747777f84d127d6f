package io.yardmaster.core.jobs;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.Run;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A FIFO of runs. A run is consecutive task indices that became ready at about the same time with the same attempt and
 * the same trace, so that its size in memory and on disk does not depend on the number of its tasks.
 */
final class RunBuffer {
    /** Words of a run: its span, which is first index and length in one, attempt, ready-at. */
    private static final int WORDS = 3;

    private static final long[] NO_WORDS = {};

    /** The most bytes of a run that is not written as a difference to the one before. */
    private static final int MOST_BYTES_OF_FIRST = 28;

    private static final long POP_ONE = (1L << 32) - 1;

    /** The first run, empty if there is none. Not in an array: most jobs have one run, and each task is taken from it. */
    private long headSpan;

    private int headAttempt;
    private long headReadyAt;

    /** The other runs, from {@link #from} to {@link #to}. */
    private long[] words = NO_WORDS;

    private int from;
    private int to;
    /** Null as long as no run has a trace. */
    private @Nullable RunTraces traces;
    /** The bytes that all runs but the first take when they are written. */
    private int bytesOfOthers;

    /** An upper bound of the bytes that the runs and their traces take when they are written. */
    int bytes() {
        return MOST_BYTES_OF_FIRST + bytesOfOthers + (traces == null ? 0 : traces.bytes());
    }

    /** The same bound with one more run, which has this trace or, if it is null, none. */
    int bytesWith(@Nullable String trace) {
        int ofTraces = traces == null && trace == null ? 0 : RunTraces.bytesWith(traces, trace);
        return 2 * MOST_BYTES_OF_FIRST + bytesOfOthers + ofTraces;
    }

    private int bytesOf(int run) {
        boolean sameAttempt = attempt(run) == attempt(run - 1);
        boolean sameTime = readyAt(run) == readyAt(run - 1);
        return StateWriter.sizeOfSigned(first(run) - first(run - 1) - length(run - 1))
                + StateWriter.sizeOf((long) length(run) << 2)
                + (sameAttempt ? 0 : StateWriter.sizeOfSigned(attempt(run)))
                + (sameTime ? 0 : StateWriter.sizeOfSigned(readyAt(run) - readyAt(run - 1)));
    }

    private int wordsOf(int run) {
        return from + (run - 1) * WORDS;
    }

    private long span(int run) {
        return run == 0 ? headSpan : words[wordsOf(run)];
    }

    private long first(int run) {
        return span(run) >> 32;
    }

    private int length(int run) {
        return (int) span(run);
    }

    private int attempt(int run) {
        return run == 0 ? headAttempt : (int) words[wordsOf(run) + 1];
    }

    private long readyAt(int run) {
        return run == 0 ? headReadyAt : words[wordsOf(run) + 2];
    }

    int runs() {
        return isEmpty() ? 0 : 1 + (to - from) / WORDS;
    }

    boolean isEmpty() {
        return (int) headSpan == 0;
    }

    int headIndex() {
        return (int) (headSpan >> 32);
    }

    int headAttempt() {
        return headAttempt;
    }

    long headReadyAt() {
        return headReadyAt;
    }

    @Nullable
    String headTrace() {
        return traces == null ? null : traces.first();
    }

    boolean hasTraces() {
        return traces != null;
    }

    void pop() {
        if (length(0) == 1) {
            endHead();
        } else {
            headSpan += POP_ONE;
        }
    }

    int headLength() {
        return length(0);
    }

    void popRun() {
        endHead();
    }

    private void endHead() {
        if (from == to) {
            clear();
            return;
        }
        bytesOfOthers -= bytesOf(1);
        headSpan = words[from];
        headAttempt = (int) words[from + 1];
        headReadyAt = words[from + 2];
        from += WORDS;
        if (traces != null) {
            traces.removeFirst();
        }
    }

    private void clear() {
        headSpan = 0;
        from = 0;
        to = 0;
        bytesOfOthers = 0;
        traces = null;
    }

    /** Adds the task to the last run, if it has the next index, and became ready within {@code tolerance} ms of it. */
    boolean extend(int index, int attempt, long readyAt, long tolerance, @Nullable String trace) {
        if (isEmpty()) {
            return false;
        }
        int last = runs() - 1;
        int length = length(last);
        if (first(last) + length != index
                || length == Integer.MAX_VALUE
                || attempt(last) != attempt
                || distance(readyAt, readyAt(last)) > tolerance
                || !Objects.equals(trace, traces == null ? null : traces.last())) {
            return false;
        }
        if (last == 0) {
            headSpan++;
        } else {
            words[wordsOf(last)]++;
            bytesOfOthers += StateWriter.sizeOf((long) (length + 1) << 2) - StateWriter.sizeOf((long) length << 2);
        }
        return true;
    }

    /** The absolute difference of two times; {@code Long.MAX_VALUE} if that is too small for it. */
    static long distance(long a, long b) {
        long difference = a - b;
        boolean overflows = ((a ^ b) & (a ^ difference)) < 0;
        return overflows || difference == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(difference);
    }

    void add(int first, int length, int attempt, long readyAt, @Nullable String trace) {
        if (traces != null) {
            traces.add(trace);
        } else if (trace != null) {
            traces = new RunTraces(runs());
            traces.add(trace);
        }
        long span = ((long) first << 32) | length;
        if (isEmpty()) {
            headSpan = span;
            headAttempt = attempt;
            headReadyAt = readyAt;
            return;
        }
        if (to == words.length) {
            makeRoom();
        }
        words[to] = span;
        words[to + 1] = attempt;
        words[to + 2] = readyAt;
        to += WORDS;
        bytesOfOthers += bytesOf(runs() - 1);
    }

    private void makeRoom() {
        int used = to - from;
        boolean isTight = words.length == 0 || used > words.length / 2;
        long[] target = isTight ? new long[Math.max(WORDS, words.length * 2)] : words;
        System.arraycopy(words, from, target, 0, used);
        words = target;
        from = 0;
        to = used;
    }

    /** Copies the first runs, until the list has {@code limit} runs. */
    void copyRuns(List<Run> target, int limit) {
        for (int run = 0; run < runs() && target.size() < limit; run++) {
            target.add(new Run((int) first(run), length(run), attempt(run)));
        }
    }

    /** Writes each run as differences to the one before: about 2 bytes a run in order, 5 in random order. */
    void write(StateWriter writer) {
        writer.unsigned(runs());
        long expected = 0;
        long attempt = 0;
        long readyAt = 0;
        for (int run = 0; run < runs(); run++) {
            long first = first(run);
            int length = length(run);
            boolean sameAttempt = attempt(run) == attempt;
            boolean sameTime = readyAt(run) == readyAt;
            writer.signed(first - expected);
            writer.unsigned((long) length << 2 | (sameAttempt ? 0 : 2) | (sameTime ? 0 : 1));
            if (!sameAttempt) {
                attempt = attempt(run);
                writer.signed(attempt);
            }
            if (!sameTime) {
                writer.signed(readyAt(run) - readyAt);
                readyAt = readyAt(run);
            }
            expected = first + length;
        }
    }

    /** Reads runs that {@link #write} wrote, and returns the number of their tasks. */
    long read(StateReader reader) {
        int runs = reader.count();
        clear();
        words = runs > 1 ? new long[(runs - 1) * WORDS] : NO_WORDS;
        long tasks = 0;
        long expected = 0;
        int attempt = 0;
        long readyAt = 0;
        for (int i = 0; i < runs; i++) {
            long first = expected + reader.signed();
            long lengthAndFlags = reader.unsigned();
            int length = (int) (lengthAndFlags >>> 2);
            attempt = (lengthAndFlags & 2) == 0 ? attempt : (int) reader.signed();
            readyAt = (lengthAndFlags & 1) == 0 ? readyAt : readyAt + reader.signed();
            add((int) first, length, attempt, readyAt, null);
            expected = first + length;
            tasks += length;
        }
        return tasks;
    }

    /** Writes the traces, separately from the runs. */
    void writeTraces(StateWriter writer) {
        if (traces == null) {
            writer.unsigned(0);
        } else {
            traces.write(writer);
        }
    }

    /** Reads the traces of the runs that were read last. */
    void readTraces(StateReader reader) {
        RunTraces read = RunTraces.read(reader);
        traces = read.isEmpty() ? null : read;
    }
}
