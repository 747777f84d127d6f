package io.yardmaster.app.api;

/** Durations as precise as an estimate is: {@code 40 s}, {@code 12 min}, {@code 3 h 20 min}. */
final class RoughTime {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final int FEW = 10;

    private RoughTime() {}

    static String of(long millis) {
        if (millis < SECOND) {
            return millis == 0 ? "0 s" : millis + " ms";
        }
        if (millis < 2 * MINUTE) {
            return millis / SECOND + " s";
        }
        if (millis < 2 * HOUR) {
            return two(millis, MINUTE, "min", SECOND, "s");
        }
        return millis < 2 * DAY ? two(millis, HOUR, "h", MINUTE, "min") : two(millis, DAY, "d", HOUR, "h");
    }

    /** The smaller unit only where the larger one alone would say little. */
    private static String two(long millis, long unit, String name, long smaller, String smallerName) {
        long rest = millis % unit / smaller;
        return millis / unit + " " + name + (rest == 0 || millis / unit >= FEW ? "" : " " + rest + " " + smallerName);
    }
}
