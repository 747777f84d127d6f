package io.yardmaster.replay.report;

/**
 * Divides a day, of which nobody knows how long it will be, into at most 256 windows of equal width: whenever it gets longer than
 * that, the width doubles.
 */
final class Windows {
    static final int MOST = 256;
    private static final long NARROWEST = 1_000;

    private boolean begun;
    private long origin;
    private long width = NARROWEST;
    /** The window that was asked for last, and its times from one to before another. */
    private int latest;

    private long latestFrom;
    private long latestTo;

    /** Sets the beginning of the first window, once. */
    void begin(long at) {
        if (!begun) {
            begun = true;
            origin = at;
            latestTo = latestFrom;
        }
    }

    long origin() {
        return origin;
    }

    long width() {
        return width;
    }

    /** The number of the window in which this time lies; a time before the first window lies in it. */
    int at(long time) {
        // Most times lie in the window of the time before, which spares a division.
        if (time < latestFrom || time >= latestTo) {
            latest = find(Math.max(0, time - origin));
            latestFrom = origin + latest * width;
            latestTo = latestFrom + width;
        }
        return latest;
    }

    private int find(long since) {
        while (since / width >= MOST) {
            width *= 2;
        }
        return (int) (since / width);
    }

    /** Widens the windows to those of another day, which must be wider by a power of 2, or not at all. */
    void widen(long other) {
        width = Math.max(width, other);
        latestTo = latestFrom;
    }
}
