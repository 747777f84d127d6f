package io.yardmaster.replay.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The use of one limit while a day passes: the units that tasks hold, from their assignments to their ends. */
public final class LimitFigures {
    private static final double MILLION = 1e6;

    private final String key;
    private final long capacity;
    private final Optional<WindowSums> overTime;
    private long used;
    private long since;
    private long most;
    private double unitMillis;

    /**
     * @param capacity units that the policy has at the beginning of the day
     * @param overTime takes the millionths of the capacity that are held; units themselves, such as bytes, would be too many for sums
     */
    LimitFigures(String key, long capacity, Optional<WindowSums> overTime) {
        this.key = key;
        this.capacity = capacity;
        this.overTime = overTime;
    }

    public String key() {
        return key;
    }

    /** The units that the policy has at the beginning of the day. */
    public long capacity() {
        return capacity;
    }

    /** Some units more are held from this time on, which is not before that of the latest call; with a negative number, less. */
    public void change(long at, long more) {
        if (used > 0 && at > since) {
            unitMillis += (double) used * (at - since);
            long millionths = Math.round(MILLION * used / Math.max(1, capacity));
            overTime.ifPresent(sums -> sums.addInterval(since, at, millionths));
        }
        since = at;
        used += more;
        most = Math.max(most, used);
    }

    /**
     * The figures of a day of this length.
     *
     * @param makespan in ms
     * @param windows of the day
     * @param width of a window, in ms
     */
    LimitRow row(long makespan, int windows, long width) {
        List<Double> byWindow = overTime.map(sums -> IntStream.range(0, windows)
                        .mapToObj(window -> sums.get(window) / (MILLION * width))
                        .toList())
                .orElse(List.of());
        return new LimitRow(key, capacity, unitMillis / Math.max(1, makespan), most, byWindow);
    }
}
