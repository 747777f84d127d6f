package io.yardmaster.topology;

import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs which shards an instance has gained and lost, once for each rebalance. */
final class ShardsLog {
    private static final Logger LOG = LoggerFactory.getLogger(ShardsLog.class);

    private SortedSet<Integer> had = new TreeSet<>();

    synchronized void rebalanced(SortedSet<Integer> now) {
        SortedSet<Integer> gained = new TreeSet<>(now);
        gained.removeAll(had);
        SortedSet<Integer> lost = new TreeSet<>(had);
        lost.removeAll(now);
        had = now;
        if (!gained.isEmpty() || !lost.isEmpty()) {
            LOG.info("shards: {}; gained {}, lost {}", text(now), text(gained), text(lost));
        }
    }

    /** Writes shards as ranges: {@code 0-3, 7}. */
    static String text(SortedSet<Integer> partitions) {
        StringBuilder text = new StringBuilder();
        int first = 0;
        int last = -2;
        for (int partition : partitions) {
            if (partition != last + 1) {
                endRange(text, first, last);
                text.append(text.isEmpty() ? "" : ", ").append(partition);
                first = partition;
            }
            last = partition;
        }
        endRange(text, first, last);
        return text.isEmpty() ? "none" : text.toString();
    }

    private static void endRange(StringBuilder text, int first, int last) {
        if (last > first) {
            text.append('-').append(last);
        }
    }
}
