package io.yardmaster.core.outcomes;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.TaskKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Successive assignments of successive tasks of one graph.
 *
 * @param id of the first assignment
 * @param count 1 for a commit or cleanup task
 * @param index of the first task
 * @param attempt of each
 * @param pool of each; empty for the default one
 */
public record AwaitedRun(long id, int count, long job, TaskKind kind, int index, int attempt, String pool) {
    private static final int KIND = 3;
    private static final int OF_ANOTHER_JOB = 4;
    private static final int AGAIN = 8;
    private static final int OF_ANOTHER_POOL = 16;
    private static final int MANY = 32;
    private static final int BEHIND_A_GAP = 64;

    /** By their number in a record. */
    private static final List<TaskKind> KINDS = List.of(TaskKind.TASK, TaskKind.COMMIT, TaskKind.CLEANUP);

    /** The id behind its last assignment. */
    public long end() {
        return id + count;
    }

    /** The task of one of its assignments. */
    int taskOf(long assignment) {
        return index + (int) (assignment - id);
    }

    /** Its assignments from this one up to but not including that one. */
    AwaitedRun part(long from, long to) {
        return new AwaitedRun(from, (int) (to - from), job, kind, taskOf(from), attempt, pool);
    }

    /** Appends it to a record in which it follows another run, or {@link #none}. */
    void write(StateWriter writer, AwaitedRun before) {
        boolean sameJob = job == before.job;
        boolean samePool = pool.equals(before.pool);
        writer.unsigned(KINDS.indexOf(kind)
                | (sameJob ? 0 : OF_ANOTHER_JOB)
                | (attempt == 0 ? 0 : AGAIN)
                | (samePool ? 0 : OF_ANOTHER_POOL)
                | (count == 1 ? 0 : MANY)
                | (id == before.end() ? 0 : BEHIND_A_GAP));
        if (id != before.end()) {
            writer.signed(id - before.end());
        }
        if (!sameJob) {
            writer.signed(job - before.job);
        }
        writer.signed(index - (long) before.index);
        if (attempt != 0) {
            writer.unsigned(attempt);
        }
        if (count != 1) {
            writer.unsigned(count);
        }
        if (!samePool) {
            writer.utf8(pool);
        }
    }

    /** Stands before the first run of a record. */
    static AwaitedRun none() {
        return new AwaitedRun(0, 0, 0, TaskKind.TASK, 0, 0, "");
    }

    /** The runs of a record. */
    static List<AwaitedRun> read(byte[] record) {
        StateReader reader = new StateReader(record);
        List<AwaitedRun> runs = new ArrayList<>();
        AwaitedRun before = none();
        while (reader.hasMore()) {
            before = read(reader, before);
            runs.add(before);
        }
        return runs;
    }

    private static AwaitedRun read(StateReader reader, AwaitedRun before) {
        int bits = reader.count();
        long id = before.end() + ((bits & BEHIND_A_GAP) != 0 ? reader.signed() : 0);
        long job = before.job + ((bits & OF_ANOTHER_JOB) != 0 ? reader.signed() : 0);
        int index = (int) (before.index + reader.signed());
        int attempt = (bits & AGAIN) != 0 ? reader.count() : 0;
        int count = (bits & MANY) != 0 ? reader.count() : 1;
        String pool = (bits & OF_ANOTHER_POOL) != 0 ? reader.utf8() : before.pool;
        return new AwaitedRun(id, count, job, KINDS.get(bits & KIND), index, attempt, pool);
    }

    /** The number of assignments in these runs. */
    static long assignments(List<AwaitedRun> runs) {
        long sum = 0;
        for (AwaitedRun run : runs) {
            sum += run.count;
        }
        return sum;
    }
}
