package io.yardmaster.topology.views;

import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.view.HistoryEntry;
import io.yardmaster.topology.config.Labels;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** The latest events of the jobs of one shard, in a ring, so that adding one costs a few writes. */
final class JobHistory {
    private static final int MOST = 1 << 13;
    private static final int FIRST = 1 << 6;

    private long[] jobs = new long[FIRST];
    private long[] times = new long[FIRST];
    private long[] counts = new long[FIRST];
    private HistoryEntryType[] types = new HistoryEntryType[FIRST];
    /** By slot: reason of a drop, or kind of the dispatched task. */
    private Enum<?>[] details = new Enum<?>[FIRST];

    private long end;
    private long openedAt;

    /** Sets the time of the events that were added while the shard was opened, before the first tick set the time. */
    void openedAt(long now) {
        openedAt = now;
    }

    void add(long job, long at, HistoryEntryType type, Enum<?> detail, long count) {
        if (end == jobs.length && end < MOST) {
            grow(2 * jobs.length);
        }
        int slot = (int) (end++ & (jobs.length - 1));
        jobs[slot] = job;
        times[slot] = at;
        types[slot] = type;
        details[slot] = detail;
        counts[slot] = count;
    }

    private void grow(int size) {
        jobs = Arrays.copyOf(jobs, size);
        times = Arrays.copyOf(times, size);
        counts = Arrays.copyOf(counts, size);
        types = Arrays.copyOf(types, size);
        details = Arrays.copyOf(details, size);
    }

    /** Epoch ms from which on all events are here; 0 before the first tick. */
    long completeSince() {
        return end <= jobs.length ? openedAt : Math.max(openedAt, times[(int) (end & (jobs.length - 1))]);
    }

    List<HistoryEntry> of(long job, int limit) {
        Deque<HistoryEntry> found = new ArrayDeque<>();
        for (long i = end - 1; i >= 0 && i >= end - jobs.length && found.size() < limit; i--) {
            int slot = (int) (i & (jobs.length - 1));
            if (jobs[slot] == job) {
                found.addFirst(new HistoryEntry(Math.max(openedAt, times[slot]), Labels.of(types[slot]), text(slot)));
            }
        }
        return new ArrayList<>(found);
    }

    private String text(int slot) {
        return switch (types[slot]) {
            case DISPATCHED -> "its " + Labels.of(details[slot]) + " task was dispatched; the gate's time runs";
            case DROPPED -> dropped((EventDropReason) details[slot], counts[slot]);
            default -> types[slot].sentence();
        };
    }

    private static String dropped(EventDropReason reason, long count) {
        return count
                + (count == 1 ? " task: " : " tasks: ")
                + switch (reason) {
                    case DUPLICATE -> "seen before, with this or a higher attempt";
                    case FINALIZING -> "its gate is closed";
                    case DISCARDED -> "it is being finalized, or was cancelled";
                    case OLD_SESSION -> "of an older session";
                    case WRONG_GROUP -> "of another resource group";
                };
    }
}
