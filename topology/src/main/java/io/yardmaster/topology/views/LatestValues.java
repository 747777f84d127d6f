package io.yardmaster.topology.views;

import java.util.ArrayList;
import java.util.List;

/** The latest of many values. Used by one thread alone. */
final class LatestValues {
    private final long[] values;
    /** More than an int holds: a shard may run for years. */
    private long count;

    LatestValues(int most) {
        this(most, 0);
    }

    /** @param count values that came before, each 0 */
    LatestValues(int most, long count) {
        this.values = new long[most];
        this.count = count;
    }

    void add(long value) {
        values[place(count++)] = value;
    }

    /** The kept values, oldest first. */
    List<Long> all() {
        List<Long> all = new ArrayList<>();
        for (long i = Math.max(0, count - values.length); i < count; i++) {
            all.add(values[place(i)]);
        }
        return all;
    }

    private int place(long number) {
        return (int) (number % values.length);
    }
}
