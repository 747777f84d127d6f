package io.yardmaster.replay.forecast;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.core.values.RunningTask;
import io.yardmaster.core.values.StageTimes;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.view.JobLoad;
import io.yardmaster.core.view.JobQuery;
import io.yardmaster.replay.ReplayPolicy;
import io.yardmaster.replay.engine.StateInMemory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/** A scheduler and a fleet in virtual time, of which estimates can be made at any moment and compared with what comes true. */
final class ModelDeployment {
    private static final int MOST_JOBS = 1_000;
    private static final int QUIET_TICKS = 2;

    private final ReplayPolicy policy;
    private final Scheduler scheduler;
    private final int slots;
    private final ToLongFunction<DispatchedTask> takes;
    private final PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparingLong(Running::end)
            .thenComparingLong(one -> one.task().id()));
    private final Map<Long, Long> starts = new HashMap<>();
    private final List<StageTimes> times = new ArrayList<>();
    private long now;

    private record Running(DispatchedTask task, long begun, long end) {}

    /** @param takes the true duration of a task in ms */
    ModelDeployment(ReplayPolicy policy, int slots, ToLongFunction<DispatchedTask> takes) {
        this.policy = policy;
        this.scheduler = new Scheduler(policy.policy(), new StateInMemory(), 0);
        this.scheduler.follow(policy.live());
        this.slots = slots;
        this.takes = takes;
    }

    void submit(long group, long job, int priority, List<GraphStage> stages) {
        scheduler.apply(
                new Event.GraphSubmitted(
                        group, job, -1, priority, false, false, OnFailure.STOP, stages, 0, 1, now, null),
                this::decided);
        settle();
    }

    void ready(long group, long job, int... indices) {
        scheduler.apply(new Event.TasksReady(group, job, 0, indices, 0, now, null), this::decided);
        settle();
    }

    void runUntil(long time) {
        while (!running.isEmpty() && running.peek().end() <= time) {
            Running ended = running.remove();
            now = ended.end();
            times.add(new StageTimes(ended.task().group(), stage(ended.task()), List.of(ended.end() - ended.begun())));
            scheduler.apply(Event.AssignmentEnded.of(ended.task(), TaskEnd.SUCCEEDED, now, 0), this::decided);
            settle();
        }
        now = time;
    }

    private static String stage(DispatchedTask task) {
        return task.stage() == null ? "" : task.stage().name();
    }

    private void settle() {
        for (int quiet = 0; quiet < QUIET_TICKS; quiet++) {
            int before = running.size();
            long free = slots
                    - running.stream()
                            .filter(one -> one.task().pool().isEmpty())
                            .count();
            Budget budget = new Budget(
                    (int) free, Map.of(), Budget.NO_FLOOR, policy.live().limits());
            scheduler.tick(now, budget, this::decided);
            quiet = running.size() == before ? quiet : -1;
        }
    }

    private void decided(Decision decision) {
        if (decision instanceof DispatchedTask task) {
            running.add(new Running(task, now, now + takes.applyAsLong(task)));
            starts.putIfAbsent(task.job(), now);
        }
    }

    /** Remembers that tasks of a stage took so long. */
    void recorded(long group, String stage, long millis, int tasks) {
        times.add(new StageTimes(group, stage, Collections.nCopies(tasks, millis)));
    }

    long now() {
        return now;
    }

    /** The time at which a job started; empty if it has not. */
    OptionalLong start(long job) {
        Long start = starts.get(job);
        return start == null ? OptionalLong.empty() : OptionalLong.of(start);
    }

    PresentState present() {
        List<JobLoad> jobs = new ArrayList<>(scheduler
                .view()
                .loads(new JobQuery(OptionalLong.empty(), Optional.empty(), Optional.empty(), MOST_JOBS))
                .jobs());
        running.stream()
                .map(one -> one.task().job())
                .distinct()
                .filter(job -> jobs.stream().noneMatch(load -> load.view().job() == job))
                .forEach(job -> jobs.add(scheduler.view().load(job).orElseThrow()));
        return new PresentState(
                now,
                policy.policy(),
                policy.live(),
                slots,
                jobs,
                running.stream()
                        .map(one -> new RunningTask(one.task().job(), one.task().taskIndex(), one.begun()))
                        .toList(),
                new TaskTimes(times));
    }

    StartEstimate estimate(long job) {
        return StartForecast.of(present(), job, StartForecast.DRAWS, 1, () -> true);
    }
}
