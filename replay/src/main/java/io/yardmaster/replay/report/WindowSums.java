package io.yardmaster.replay.report;

import java.util.Arrays;

/** A sum for each window. */
final class WindowSums {
    private final Windows windows;
    private long width;
    private long[] sums = {};

    WindowSums(Windows windows) {
        this.windows = windows;
        this.width = windows.width();
    }

    /** Adds to the window of this time. */
    void add(long time, long amount) {
        int window = windows.at(time);
        fold();
        addTo(window, amount);
    }

    private void addTo(int window, long amount) {
        if (window >= sums.length) {
            sums = Arrays.copyOf(sums, Math.min(Windows.MOST, Math.max(window + 1, 2 * sums.length)));
        }
        sums[window] += amount;
    }

    /** Adds to each window the ms of this interval that lie in it, times a factor. */
    void addInterval(long from, long to, long times) {
        int last = windows.at(to);
        int window = windows.at(from);
        fold();
        for (long begin = from; window <= last; window++) {
            long end = Math.min(to, windows.origin() + (window + 1) * width);
            if (end > begin) {
                addTo(window, Math.multiplyExact(end - begin, times));
                begin = end;
            }
        }
    }

    private void fold() {
        while (width < windows.width()) {
            for (int window = 0; window < sums.length; window++) {
                long sum = sums[window];
                sums[window] = 0;
                sums[window / 2] += sum;
            }
            width *= 2;
        }
    }

    /** The sum of these windows. */
    long sum(int first, int count) {
        long sum = 0;
        for (int window = first; window < first + count; window++) {
            sum += get(window);
        }
        return sum;
    }

    /** The sum of this window. */
    long get(int window) {
        fold();
        return window < sums.length ? sums[window] : 0;
    }
}
