package io.yardmaster.core;

import io.yardmaster.core.values.EndCounts;
import io.yardmaster.core.values.TaskKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A job of the {@link NaiveScheduler}. */
final class NaiveJob {
    private static final int EXACT = 16;

    /** A buffered task, with the error that its ready-at may have, in ms. */
    record Task(int index, int attempt, long readyAt, long tolerance, String trace) {}

    final long id;
    final long group;
    final List<Task> buffered = new ArrayList<>();
    /** The highest attempt seen of each index. */
    final Map<Integer, Integer> attempts = new HashMap<>();

    long arrival;
    long latestEvent;
    boolean remembered;
    boolean gated;
    boolean cleanupSeen;
    long finalizingReadyAt;
    String finalizingTrace;
    EndCounts ends = EndCounts.NONE;
    boolean paused;
    int priority;
    boolean cancelled;
    /** The finalizing task that waits for the end of a pause. */
    TaskKind held;

    NaiveJob(long id, long group) {
        this.id = id;
        this.group = group;
    }

    void buffer(int index, int attempt, long readyAt, String trace) {
        attempts.put(index, attempt);
        bufferAgain(index, attempt, readyAt, trace);
    }

    /** Buffers a task that was refused. */
    void bufferAgain(int index, int attempt, long readyAt, String trace) {
        long tolerance = 0;
        if (buffered.size() >= EXACT) {
            Task head = buffered.get(0);
            tolerance = (Math.abs(readyAt - head.readyAt) + head.tolerance) / 4;
        }
        buffered.add(new Task(index, attempt, readyAt, tolerance, trace));
    }
}
