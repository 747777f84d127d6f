package io.yardmaster.replay.forecast;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.RunningTask;
import io.yardmaster.core.values.StageLoad;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Pairs the tasks that run in a scheduler with the times at which they were offered, as far as these are known. */
final class RunningTasks {
    private RunningTasks() {}

    /**
     * A task that runs.
     *
     * @param since epoch ms; empty if it is not known
     */
    record Begun(DispatchedTask task, StageLoad load, OptionalLong since) {}

    /** All of them, those first of which it is not known since when they run, then the oldest. */
    static List<Begun> of(PresentScheduler scheduler, List<RunningTask> known) {
        Map<Long, List<RunningTask>> latestFirst = new HashMap<>();
        known.stream()
                .sorted(Comparator.comparingLong(RunningTask::sinceMs).reversed())
                .forEach(task -> latestFirst
                        .computeIfAbsent(task.job(), job -> new ArrayList<>())
                        .add(task));
        List<Begun> all = new ArrayList<>();
        for (DispatchedTask task : scheduler.running()) {
            StageLoad load = scheduler.graph(task.job()).load(task.stage());
            all.add(new Begun(task, load, take(latestFirst.getOrDefault(task.job(), List.of()), load)));
        }
        all.sort(Comparator.comparingLong(begun -> begun.since().orElse(Long.MIN_VALUE)));
        return all;
    }

    private static OptionalLong take(List<RunningTask> known, StageLoad load) {
        for (int i = 0; i < known.size(); i++) {
            int place = known.get(i).taskIndex() - load.firstTask();
            if (place >= 0 && place < load.tasks()) {
                return OptionalLong.of(known.remove(i).sinceMs());
            }
        }
        return OptionalLong.empty();
    }
}
