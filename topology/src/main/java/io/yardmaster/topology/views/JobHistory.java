package io.yardmaster.topology.views;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.TaskKind;
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
    private static final int MOST_OF_REASON = 200;

    private long[] jobs = new long[FIRST];
    private long[] times = new long[FIRST];
    /** By slot: the number of tasks, the index of a task, or a priority. */
    private long[] counts = new long[FIRST];

    private String[] reasons = new String[FIRST];
    private String[] traces = new String[FIRST];
    private HistoryEntryType[] types = new HistoryEntryType[FIRST];
    /** By slot: reason of a drop, or kind of the task. */
    private Enum<?>[] details = new Enum<?>[FIRST];

    private long end;
    private long openedAt;

    /** Sets the time of the events that were added while the shard was opened, before the first tick set the time. */
    void openedAt(long now) {
        openedAt = now;
    }

    /** Adds the end of a task that did not succeed. */
    void ended(Event.AssignmentEnded ended, long at, HistoryEntryType type, String reason, String trace) {
        add(ended.job(), at, type, ended.kind(), ended.taskIndex(), reason, trace);
    }

    /** @param trace the id of the trace that led to it, or an empty text */
    void add(long job, long at, HistoryEntryType type, Enum<?> detail, long count, String reason, String trace) {
        if (end == jobs.length && end < MOST) {
            grow(2 * jobs.length);
        }
        int slot = (int) (end++ & (jobs.length - 1));
        jobs[slot] = job;
        times[slot] = at;
        types[slot] = type;
        traces[slot] = trace;
        details[slot] = detail;
        counts[slot] = count;
        reasons[slot] = reason.length() > MOST_OF_REASON ? reason.substring(0, MOST_OF_REASON) + "…" : reason;
    }

    private void grow(int size) {
        jobs = Arrays.copyOf(jobs, size);
        times = Arrays.copyOf(times, size);
        counts = Arrays.copyOf(counts, size);
        reasons = Arrays.copyOf(reasons, size);
        traces = Arrays.copyOf(traces, size);
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
                found.addFirst(new HistoryEntry(
                        Math.max(openedAt, times[slot]), Labels.of(types[slot]), text(slot) + trace(traces[slot])));
            }
        }
        return new ArrayList<>(found);
    }

    private String text(int slot) {
        return switch (types[slot]) {
            case DISPATCHED -> "its " + Labels.of(details[slot]) + " task was dispatched; the gate's time runs";
            case DROPPED -> dropped((EventDropReason) details[slot], counts[slot]);
            case FAILED -> task(slot) + " failed" + reason(slot);
            case KILLED -> task(slot) + " was killed" + reason(slot);
            case REFUSED -> task(slot) + " was refused, and is offered again" + reason(slot);
            case PRIORITIZED -> types[slot].sentence() + counts[slot];
            default -> types[slot].sentence() + reason(slot);
        };
    }

    /** The end of a line that names a trace; empty for an empty id. */
    static String trace(String id) {
        return id.isEmpty() ? "" : "; trace " + id;
    }

    private String task(int slot) {
        return details[slot] == TaskKind.TASK ? "task " + counts[slot] : "its " + Labels.of(details[slot]) + " task";
    }

    private String reason(int slot) {
        return reasons[slot].isEmpty() ? "" : ": " + reasons[slot];
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
                    case HAS_GRAPH -> "an event of storage, but the job has a graph";
                };
    }
}
