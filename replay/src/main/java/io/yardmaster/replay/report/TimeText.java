package io.yardmaster.replay.report;

/** Times as people read them. */
final class TimeText {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private TimeText() {}

    /** A duration in two units at most: {@code 4.2 s}, {@code 2 h 5 min}. */
    static String of(long millis) {
        if (millis < SECOND) {
            return millis == 0 ? "0 s" : millis + " ms";
        }
        if (millis < MINUTE) {
            return millis / SECOND + "." + millis % SECOND / 100 + " s";
        }
        if (millis < HOUR) {
            return two(millis, MINUTE, "min", SECOND, "s");
        }
        return millis < DAY ? two(millis, HOUR, "h", MINUTE, "min") : two(millis, DAY, "d", HOUR, "h");
    }

    private static String two(long millis, long unit, String name, long smaller, String smallerName) {
        long rest = millis % unit / smaller;
        return millis / unit + " " + name + (rest == 0 ? "" : " " + rest + " " + smallerName);
    }
}
