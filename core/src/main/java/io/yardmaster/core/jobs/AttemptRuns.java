package io.yardmaster.core.jobs;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.Arrays;

/** Task indices in ascending runs, each with the highest attempt seen of its tasks. */
final class AttemptRuns {
    private int[] firsts = new int[1];
    private int[] lasts = new int[1];
    private int[] attempts = new int[1];
    private int size;

    int size() {
        return size;
    }

    int first(int run) {
        return firsts[run];
    }

    int last(int run) {
        return lasts[run];
    }

    int attempt(int run) {
        return attempts[run];
    }

    /** Adds an attempt of a task. Returns whether it is higher than all seen of the task before. */
    boolean raise(int index, int attempt) {
        int at = endingAtOrAfter(index);
        if (at < size && firsts[at] <= index && attempts[at] >= attempt) {
            return false;
        }
        put(index, index, attempt);
        return true;
    }

    /** The highest attempt seen of the task; -1 if none was. */
    int highest(int index) {
        int at = endingAtOrAfter(index);
        return at < size && firsts[at] <= index ? attempts[at] : -1;
    }

    /** The attempt of this task in the upper half, and the last up to {@code last} that has the same in the lower. */
    long stretch(int index, int last) {
        int at = endingAtOrAfter(index);
        if (at < size && firsts[at] <= index) {
            return packed(attempts[at], Math.min(last, lasts[at]));
        }
        return packed(-1, at < size ? Math.min(last, firsts[at] - 1) : last);
    }

    static long packed(int attempt, int last) {
        return ((long) attempt << 32) | last;
    }

    /** Gives all of these indices this attempt, also those that had a higher one. */
    void put(int first, int last, int attempt) {
        int from = endingAtOrAfter(first);
        int to = from;
        while (to < size && firsts[to] <= last) {
            to++;
        }
        int leftFirst = from < to ? firsts[from] : first;
        int leftAttempt = from < to ? attempts[from] : attempt;
        int rightLast = from < to ? lasts[to - 1] : last;
        int rightAttempt = from < to ? attempts[to - 1] : attempt;
        int joinedFirst = leftAttempt == attempt ? Math.min(first, leftFirst) : first;
        int joinedLast = rightAttempt == attempt ? Math.max(last, rightLast) : last;
        boolean left = leftFirst < joinedFirst;
        boolean right = rightLast > joinedLast;
        if (!left && from > 0 && lasts[from - 1] == joinedFirst - 1 && attempts[from - 1] == attempt) {
            joinedFirst = firsts[--from];
        }
        if (!right && to < size && firsts[to] - 1 == joinedLast && attempts[to] == attempt) {
            joinedLast = lasts[to++];
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
        for (; to < size && firsts[to] <= last; to++) {
            int at = inside.replace(inside.size, inside.size, 1);
            inside.set(at, Math.max(firsts[to], first), Math.min(lasts[to], last), attempts[to]);
        }
        if (from < to) {
            int leftFirst = firsts[from];
            int leftAttempt = attempts[from];
            int rightLast = lasts[to - 1];
            int rightAttempt = attempts[to - 1];
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
            if (attempts[i] != attempts[0]) {
                return false;
            }
        }
        return true;
    }

    private int endingAtOrAfter(int index) {
        if (size == 0 || lasts[size - 1] < index) {
            return size;
        }
        int at = Arrays.binarySearch(lasts, 0, size, index);
        return at < 0 ? -at - 1 : at;
    }

    private void set(int at, int first, int last, int attempt) {
        firsts[at] = first;
        lasts[at] = last;
        attempts[at] = attempt;
    }

    /** Replaces the runs from {@code from} to {@code to} by {@code runs} new ones, which the caller sets afterwards. */
    private int replace(int from, int to, int runs) {
        int moved = size - to;
        int newSize = from + runs + moved;
        if (newSize > firsts.length) {
            int length = Math.max(newSize, 2 * firsts.length);
            firsts = Arrays.copyOf(firsts, length);
            lasts = Arrays.copyOf(lasts, length);
            attempts = Arrays.copyOf(attempts, length);
        }
        if (runs != to - from && moved > 0) {
            System.arraycopy(firsts, to, firsts, from + runs, moved);
            System.arraycopy(lasts, to, lasts, from + runs, moved);
            System.arraycopy(attempts, to, attempts, from + runs, moved);
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
            boolean same = attempts[i] == attempt;
            writer.unsigned(firsts[i] - expected);
            writer.unsigned((((long) lasts[i] - firsts[i]) << 1) | (same ? 0 : 1));
            if (!same) {
                attempt = attempts[i];
                writer.unsigned(attempt);
            }
            expected = lasts[i] + 1L;
        }
    }

    void read(StateReader reader, int start) {
        size = reader.count();
        firsts = new int[Math.max(1, size)];
        lasts = new int[firsts.length];
        attempts = new int[firsts.length];
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
