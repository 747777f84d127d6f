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
    /** Words of a run: first index and length in one, attempt, ready-at. */
    private static final int WORDS = 3;

    /** The most bytes of a run that is not written as a difference to the one before. */
    private static final int MOST_BYTES_OF_FIRST = 28;

    private static final long POP_ONE = (1L << 32) - 1;

    private long[] words = new long[WORDS];
    /** Null as long as no run has a trace. */
    private @Nullable RunTraces traces;

    private int from;
    private int to;
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
        int before = run - WORDS;
        long expected = (words[before] >> 32) + (int) words[before];
        boolean sameAttempt = words[run + 1] == words[before + 1];
        boolean sameTime = words[run + 2] == words[before + 2];
        return StateWriter.sizeOfSigned((words[run] >> 32) - expected)
                + StateWriter.sizeOf((long) (int) words[run] << 2)
                + (sameAttempt ? 0 : StateWriter.sizeOfSigned(words[run + 1]))
                + (sameTime ? 0 : StateWriter.sizeOfSigned(words[run + 2] - words[before + 2]));
    }

    int runs() {
        return (to - from) / WORDS;
    }

    boolean isEmpty() {
        return from == to;
    }

    int headIndex() {
        return (int) (words[from] >> 32);
    }

    int headAttempt() {
        return (int) words[from + 1];
    }

    long headReadyAt() {
        return words[from + 2];
    }

    @Nullable
    String headTrace() {
        return traces == null ? null : traces.first();
    }

    boolean hasTraces() {
        return traces != null;
    }

    void pop() {
        if ((int) words[from] == 1 && from + WORDS < to) {
            bytesOfOthers -= bytesOf(from + WORDS);
        }
        words[from] += POP_ONE;
        if ((int) words[from] == 0) {
            from += WORDS;
            if (from == to) {
                from = 0;
                to = 0;
                traces = null;
            } else if (traces != null) {
                traces.removeFirst();
            }
        }
    }

    /** Adds the task to the last run, if it has the next index, and became ready within {@code tolerance} ms of it. */
    boolean extend(int index, int attempt, long readyAt, long tolerance, @Nullable String trace) {
        if (isEmpty()) {
            return false;
        }
        int last = to - WORDS;
        long first = words[last] >> 32;
        int length = (int) words[last];
        if (first + length != index
                || length == Integer.MAX_VALUE
                || words[last + 1] != attempt
                || distance(readyAt, words[last + 2]) > tolerance
                || !Objects.equals(trace, traces == null ? null : traces.last())) {
            return false;
        }
        words[last]++;
        if (last > from) {
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
        if (to == words.length) {
            makeRoom();
        }
        words[to] = ((long) first << 32) | length;
        words[to + 1] = attempt;
        words[to + 2] = readyAt;
        if (to > from) {
            bytesOfOthers += bytesOf(to);
        }
        to += WORDS;
    }

    private void makeRoom() {
        int used = to - from;
        long[] target = used > words.length / 2 ? new long[words.length * 2] : words;
        System.arraycopy(words, from, target, 0, used);
        words = target;
        from = 0;
        to = used;
    }

    /** Copies the first runs, until the list has {@code limit} runs. */
    void copyRuns(List<Run> target, int limit) {
        for (int i = from; i < to && target.size() < limit; i += WORDS) {
            target.add(new Run((int) (words[i] >> 32), (int) words[i], (int) words[i + 1]));
        }
    }

    /** Writes each run as differences to the one before: about 2 bytes a run in order, 5 in random order. */
    void write(StateWriter writer) {
        writer.unsigned(runs());
        long expected = 0;
        long attempt = 0;
        long readyAt = 0;
        for (int i = from; i < to; i += WORDS) {
            long first = words[i] >> 32;
            int length = (int) words[i];
            boolean sameAttempt = words[i + 1] == attempt;
            boolean sameTime = words[i + 2] == readyAt;
            writer.signed(first - expected);
            writer.unsigned((long) length << 2 | (sameAttempt ? 0 : 2) | (sameTime ? 0 : 1));
            if (!sameAttempt) {
                attempt = words[i + 1];
                writer.signed(attempt);
            }
            if (!sameTime) {
                writer.signed(words[i + 2] - readyAt);
                readyAt = words[i + 2];
            }
            expected = first + length;
        }
    }

    /** Reads runs that {@link #write} wrote, and returns the number of their tasks. */
    long read(StateReader reader) {
        int runs = reader.count();
        words = new long[Math.max(1, runs) * WORDS];
        from = 0;
        to = 0;
        bytesOfOthers = 0;
        traces = null;
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
