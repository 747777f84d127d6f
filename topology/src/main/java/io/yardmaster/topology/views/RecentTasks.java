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

    private final long[] numbers = new long[PLACES];
    private final long[] jobs = new long[PLACES];
    private final int[] indices = new int[PLACES];
    private final long[] since = new long[PLACES];
    private final String[] stages = new String[PLACES];
    private final boolean[] pooled = new boolean[PLACES];

    private final long[] began = new long[SPANS];
    private final long[] ended = new long[SPANS];
    private int spans;

    private final Map<Stage, Times> times = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Stage, Times> eldest) {
            return size() > MOST_STAGES;
        }
    };

    private record Stage(long group, String name) {}

    private static final class Times {
        final long[] latest = new long[TIMES];
        int count;

        void add(long millis) {
            latest[count++ % TIMES] = millis;
        }

        List<Long> all() {
            List<Long> all = new ArrayList<>();
            for (int i = Math.max(0, count - TIMES); i < count; i++) {
                all.add(latest[i % TIMES]);
            }
            return all;
        }
    }

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

    void ended(Event.AssignmentEnded end) {
        int place = place(end.id());
        if (end.id() == 0 || numbers[place] != end.id()) {
            return;
        }
        numbers[place] = 0;
        if (end.end() != TaskEnd.SUCCEEDED || end.ran() == Event.AssignmentEnded.UNKNOWN) {
            return;
        }
        times.computeIfAbsent(new Stage(end.group(), stages[place]), stage -> new Times())
                .add(end.ran());
        if (!pooled[place]) {
            began[spans % SPANS] = end.endedAt() - end.ran();
            ended[spans++ % SPANS] = end.endedAt();
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
        return latest(began);
    }

    /** Their ends, in the same order. */
    List<Long> ended() {
        return latest(ended);
    }

    private List<Long> latest(long[] all) {
        List<Long> latest = new ArrayList<>();
        for (int i = 0; i < Math.min(spans, SPANS); i++) {
            latest.add(all[i]);
        }
        return latest;
    }
}
