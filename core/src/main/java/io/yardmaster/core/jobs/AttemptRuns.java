package io.yardmaster.core.jobs;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.Arrays;

/** Task indices in ascending runs, each with the highest attempt seen of its tasks. */
final class AttemptRuns {
    /** The words of a run: its first and its last index, and the attempt. */
    private static final int WORDS = 3;

    private static final int LAST = 1;
    private static final int ATTEMPT = 2;

    /** In one array, as a look at a task needs all words of its run. */
    private int[] words = new int[WORDS];

    private int size;

    int size() {
        return size;
    }

    int first(int run) {
        return words[run * WORDS];
    }

    int last(int run) {
        return words[run * WORDS + LAST];
    }

    int attempt(int run) {
        return words[run * WORDS + ATTEMPT];
    }

    /** Adds an attempt of a task. Returns whether it is higher than all seen of the task before. */
    boolean raise(int index, int attempt) {
        int at = endingAtOrAfter(index);
        if (at < size && first(at) <= index && attempt(at) >= attempt) {
            return false;
        }
        put(index, index, attempt);
        return true;
    }

    /** The highest attempt seen of the task; -1 if none was. */
    int highest(int index) {
        int at = endingAtOrAfter(index);
        return at < size && first(at) <= index ? attempt(at) : -1;
    }

    /** The attempt of this task in the upper half, and the last up to {@code last} that has the same in the lower. */
    long stretch(int index, int last) {
        int at = endingAtOrAfter(index);
        if (at < size && first(at) <= index) {
            return packed(attempt(at), Math.min(last, last(at)));
        }
        return packed(-1, at < size ? Math.min(last, first(at) - 1) : last);
    }

    static long packed(int attempt, int last) {
        return ((long) attempt << 32) | last;
    }

    /** Gives all of these indices this attempt, also those that had a higher one. */
    void put(int first, int last, int attempt) {
        if (size > 0 && last(size - 1) == first - 1 && attempt(size - 1) == attempt) {
            words[(size - 1) * WORDS + LAST] = last;
            return;
        }
        int from = endingAtOrAfter(first);
        int to = from;
        while (to < size && first(to) <= last) {
            to++;
        }
        int leftFirst = from < to ? first(from) : first;
        int leftAttempt = from < to ? attempt(from) : attempt;
        int rightLast = from < to ? last(to - 1) : last;
        int rightAttempt = from < to ? attempt(to - 1) : attempt;
        int joinedFirst = leftAttempt == attempt ? Math.min(first, leftFirst) : first;
        int joinedLast = rightAttempt == attempt ? Math.max(last, rightLast) : last;
        boolean left = leftFirst < joinedFirst;
        boolean right = rightLast > joinedLast;
        if (!left && from > 0 && last(from - 1) == joinedFirst - 1 && attempt(from - 1) == attempt) {
            joinedFirst = first(--from);
        }
        if (!right && to < size && first(to) - 1 == joinedLast && attempt(to) == attempt) {
            joinedLast = last(to++);
        }
        int at = replace(from, to, 1 + (left ? 1 : 0) + (right ? 1 : 0));
        if (left) {
            set(at++, leftFirst, joinedFirst - 1, leftAttempt);
        }
        set(at++, joinedFirst, joinedLast, attempt);
        if (right) {
            set(at, joinedLast + 1, rightLast, rightAttempt);
        }
    }

    /** Removes and returns the runs, or parts of runs, from {@code first} to {@code last}. */
    AttemptRuns cut(int first, int last) {
        AttemptRuns inside = new AttemptRuns();
        int from = endingAtOrAfter(first);
        int to = from;
        for (; to < size && first(to) <= last; to++) {
            int at = inside.replace(inside.size, inside.size, 1);
            inside.set(at, Math.max(first(to), first), Math.min(last(to), last), attempt(to));
        }
        if (from < to) {
            int leftFirst = first(from);
            int leftAttempt = attempt(from);
            int rightLast = last(to - 1);
            int rightAttempt = attempt(to - 1);
            boolean left = leftFirst < first;
            boolean right = rightLast > last;
            int at = replace(from, to, (left ? 1 : 0) + (right ? 1 : 0));
            if (left) {
                set(at++, leftFirst, first - 1, leftAttempt);
            }
            if (right) {
                set(at, last + 1, rightLast, rightAttempt);
            }
        }
        return inside;
    }

    /** Returns whether all runs have the same attempt. */
    boolean isUniform() {
        for (int i = 1; i < size; i++) {
            if (attempt(i) != attempt(0)) {
                return false;
            }
        }
        return true;
    }

    /** The first run that does not end before this index. */
    private int endingAtOrAfter(int index) {
        if (size == 0 || last(size - 1) < index) {
            return size;
        }
        int low = 0;
        int high = size - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (last(middle) < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void set(int at, int first, int last, int attempt) {
        words[at * WORDS] = first;
        words[at * WORDS + LAST] = last;
        words[at * WORDS + ATTEMPT] = attempt;
    }

    /** Replaces the runs from {@code from} to {@code to} by {@code runs} new ones, which the caller sets afterwards. */
    private int replace(int from, int to, int runs) {
        int moved = size - to;
        int newSize = from + runs + moved;
        if (newSize * WORDS > words.length) {
            words = Arrays.copyOf(words, Math.max(newSize * WORDS, 2 * words.length));
        }
        if (runs != to - from && moved > 0) {
            System.arraycopy(words, to * WORDS, words, (from + runs) * WORDS, moved * WORDS);
        }
        size = newSize;
        return from;
    }

    /** Takes about 2 bytes a run if the gaps are small, 5 if they are a million, and at most 15. */
    void write(StateWriter writer, int start) {
        writer.unsigned(size);
        long expected = start;
        int attempt = 0;
        for (int i = 0; i < size; i++) {
            boolean same = attempt(i) == attempt;
            writer.unsigned(first(i) - expected);
            writer.unsigned((((long) last(i) - first(i)) << 1) | (same ? 0 : 1));
            if (!same) {
                attempt = attempt(i);
                writer.unsigned(attempt);
            }
            expected = last(i) + 1L;
        }
    }

    void read(StateReader reader, int start) {
        size = reader.count();
        words = new int[WORDS * Math.max(1, size)];
        long expected = start;
        int attempt = 0;
        for (int i = 0; i < size; i++) {
            long first = expected + reader.unsigned();
            long lengthAndFlag = reader.unsigned();
            attempt = (lengthAndFlag & 1) == 0 ? attempt : reader.count();
            long last = first + (lengthAndFlag >>> 1);
            set(i, (int) first, (int) last, attempt);
            expected = last + 1;
        }
    }
}
