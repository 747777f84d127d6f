package io.yardmaster.replay.traces;

import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.RecordedWork;
import java.util.Arrays;

/** The recording of a job by its stages: all tasks of a stage took equally long. */
public final class StageRuns implements RecordedWork {
    private final int[] firsts;
    private final int[] tasks;
    private final long[] runtimes;
    private final long[] readyAt;
    private final long[] startedAt;
    private final String[] kinds;
    private int stages;

    /** A recording of this many stages, which are added in the order of the graph. */
    public StageRuns(int size) {
        firsts = new int[size];
        tasks = new int[size];
        runtimes = new long[size];
        readyAt = new long[size];
        startedAt = new long[size];
        kinds = new String[size];
    }

    /**
     * Adds the next stage.
     *
     * @param runtime of each task in ms, or {@link RecordedWork#UNKNOWN}
     * @param ready epoch ms, or unknown
     * @param started epoch ms, or unknown
     * @param kind of work; empty for the stage's name
     */
    public StageRuns add(int count, long runtime, long ready, long started, String kind) {
        firsts[stages] = stages == 0 ? 0 : firsts[stages - 1] + tasks[stages - 1];
        tasks[stages] = count;
        runtimes[stages] = runtime;
        readyAt[stages] = ready;
        startedAt[stages] = started;
        kinds[stages] = kind;
        stages++;
        return this;
    }

    private int stageOf(int taskIndex) {
        int found = Arrays.binarySearch(firsts, 0, stages, taskIndex);
        return found >= 0 ? found : -found - 2;
    }

    @Override
    public long runtime(TaskKind kind, int taskIndex, int attempt) {
        return kind == TaskKind.TASK && taskIndex >= 0 ? runtimes[stageOf(taskIndex)] : UNKNOWN;
    }

    @Override
    public String kindOfWork(TaskKind kind, int taskIndex) {
        return kind == TaskKind.TASK && taskIndex >= 0 ? kinds[stageOf(taskIndex)] : "";
    }

    @Override
    public void seen(Seen seen) {
        for (int stage = 0; stage < stages; stage++) {
            if (startedAt[stage] != UNKNOWN && runtimes[stage] != UNKNOWN) {
                seen.ran(tasks[stage], readyAt[stage], startedAt[stage], runtimes[stage]);
            }
        }
    }
}
