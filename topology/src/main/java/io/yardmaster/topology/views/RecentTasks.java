package io.yardmaster.topology.views;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.RunningTask;
import io.yardmaster.core.values.StageTimes;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The latest {@value #PLACES} assignments of a shard, as far as they have not ended, and how long tasks took that succeeded: the
 * latest {@value #TIMES} of stages of one name in one resource group, for {@value #MOST_STAGES} such names. Used by the shard's stream
 * thread alone.
 */
final class RecentTasks {
    static final int PLACES = 4_096;
    static final int MOST_STAGES = 1_000;
    static final int TIMES = 32;
    static final int SPANS = 512;
    /** The clocks of workers and of this instance differ by less, and ticks are less apart, in ms. */
    static final long CLOCK_GAP = 60_000;

    private final long[] numbers = new long[PLACES];
    private final long[] jobs = new long[PLACES];
    private final int[] indices = new int[PLACES];
    private final long[] since = new long[PLACES];
    private final String[] stages = new String[PLACES];
    private final boolean[] pooled = new boolean[PLACES];

    private final LatestValues began = new LatestValues(SPANS);
    private final LatestValues ended = new LatestValues(SPANS);

    private final Map<StageOfGroup, LatestValues> times = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StageOfGroup, LatestValues> eldest) {
            return size() > MOST_STAGES;
        }
    };

    private record StageOfGroup(long group, String name) {}

    private static int place(long number) {
        return (int) number & (PLACES - 1);
    }

    void assigned(DispatchedTask task, long now) {
        if (task.kind() == TaskKind.TASK) {
            int place = place(task.id());
            numbers[place] = task.id();
            jobs[place] = task.job();
            indices[place] = task.taskIndex();
            since[place] = now;
            stages[place] = task.stage() == null ? "" : task.stage().name();
            pooled[place] = !task.pool().isEmpty();
        }
    }

    /**
     * An outcome. Its worker says how long the task ran, and that counts only if the assignment is not much younger.
     *
     * @param now epoch ms, by the same clock as in {@link #assigned}
     */
    void ended(Event.AssignmentEnded end, long now) {
        int place = place(end.id());
        if (end.id() == 0 || numbers[place] != end.id()) {
            return;
        }
        numbers[place] = 0;
        long passed = now - since[place];
        if (end.end() != TaskEnd.SUCCEEDED || end.ran() < 0 || end.ran() - CLOCK_GAP > passed) {
            return;
        }
        times.computeIfAbsent(new StageOfGroup(end.group(), stages[place]), stage -> new LatestValues(TIMES))
                .add(end.ran());
        if (!pooled[place]) {
            began.add(end.endedAt() - end.ran());
            ended.add(end.endedAt());
        }
    }

    /**
     * The kept assignments that have not ended.
     *
     * @param outstanding the number of assignments to the default pool that the fleet has not taken; older ones were taken, although no
     *     outcome says so
     */
    List<RunningTask> running(int outstanding) {
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < PLACES; place++) {
            if (numbers[place] != 0) {
                places.add(place);
            }
        }
        places.sort((one, other) -> Long.compare(numbers[other], numbers[one]));
        List<RunningTask> running = new ArrayList<>();
        int left = outstanding;
        for (int place : places) {
            if (pooled[place] || left-- > 0) {
                running.add(new RunningTask(jobs[place], indices[place], since[place]));
            }
        }
        return running;
    }

    List<StageTimes> times() {
        List<StageTimes> all = new ArrayList<>();
        times.forEach((stage, latest) -> all.add(new StageTimes(stage.group(), stage.name(), latest.all())));
        return all;
    }

    /** Begins of the latest tasks of the default pool that succeeded, in epoch ms. */
    List<Long> began() {
        return began.all();
    }

    /** Their ends, in the same order. */
    List<Long> ended() {
        return ended.all();
    }
}
