package io.yardmaster.replay.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.placement.Amounts;
import io.yardmaster.core.placement.Host;
import io.yardmaster.core.placement.OfferedUnit;
import io.yardmaster.core.placement.PlacedTask;
import io.yardmaster.core.placement.PlacementOutput;
import io.yardmaster.core.placement.PlanReport;
import io.yardmaster.core.placement.PoolPlacement;
import io.yardmaster.core.placement.TaskRef;
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
import io.yardmaster.replay.engine.OfferedTasks;
import io.yardmaster.replay.engine.StateInMemory;
import io.yardmaster.replay.engine.VirtualPlacement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** A scheduler and a fleet in virtual time, of which estimates can be made at any moment and compared with what comes true. */
final class ModelDeployment {
    private static final int MOST_JOBS = 1_000;
    private static final int MOST_HOSTS = 1_000;
    private static final int MOST_TASKS = 10_000;
    private static final int QUIET_TICKS = 2;

    private final ReplayPolicy policy;
    private final Scheduler scheduler;
    private final int slots;
    private final ToLongFunction<DispatchedTask> takes;
    private final PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparingLong(Running::end)
            .thenComparingLong(one -> one.task().id()));
    private final Map<Long, Long> starts = new HashMap<>();
    private final List<StageTimes> times = new ArrayList<>();
    private final PoolPlacement placement = new PoolPlacement(
            new StateInMemory(), VirtualPlacement.POLICY, pool -> 0, Runnable::run, () -> 0, new Places(), 0);
    private final OfferedTasks offered = new OfferedTasks(placement::offer);
    private final Map<Long, DispatchedTask> waiting = new HashMap<>();
    /** The pools that place tasks on hosts. */
    private final Set<String> pools = new TreeSet<>();

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
            if (pools.contains(ended.task().pool())) {
                placement.ended(
                        ended.task().pool(),
                        OfferedTasks.ref(ended.task()),
                        ended.task().id(),
                        false,
                        now);
            }
            if (running.isEmpty() || running.peek().end() > now) {
                settle();
            }
        }
        now = time;
    }

    private static String stage(DispatchedTask task) {
        return task.stage() == null ? "" : task.stage().name();
    }

    private void settle() {
        for (int quiet = 0; quiet < QUIET_TICKS; quiet++) {
            int before = running.size() + waiting.size();
            long free = slots
                    - running.stream()
                            .filter(one -> one.task().pool().isEmpty())
                            .count();
            Budget budget = new Budget(
                    (int) free, Map.of(), Budget.NO_FLOOR, policy.live().limits());
            scheduler.tick(now, budget, this::decided);
            place();
            quiet = running.size() + waiting.size() == before ? quiet : -1;
        }
    }

    private void decided(Decision decision) {
        if (decision instanceof DispatchedTask task && pools.contains(task.pool())) {
            waiting.put(task.id(), task);
            offered.add(task, scheduler.view().priority(task.job()));
        } else if (decision instanceof DispatchedTask task) {
            begin(task);
        }
    }

    private void begin(DispatchedTask task) {
        running.add(new Running(task, now, now + takes.applyAsLong(task)));
        starts.putIfAbsent(task.job(), now);
    }

    /** A heartbeat of a host; one without any amounts takes no more tasks. */
    void host(String pool, String name, Map<String, Long> total, Map<String, String> labels) {
        pools.add(pool);
        assertThat(placement
                        .heartbeat(new Host(pool, name, 1, Amounts.of(total), labels, 0, now), now)
                        .isRefused())
                .isFalse();
        place();
    }

    private void place() {
        offered.flush();
        pools.forEach(pool -> placement.tick(now));
    }

    private final class Places implements PlacementOutput {
        @Override
        public void assigned(OfferedUnit unit, TaskRef task, Host host) {
            begin(waiting.remove(unit.assignment(task)));
        }

        @Override
        public void returned(String pool, TaskRef task, long group, long assignment, boolean killed, String reason) {
            throw new AssertionError(task + " came back: " + reason);
        }

        @Override
        public void lost(String pool, PlacedTask task, String reason) {
            throw new AssertionError(task + " was lost: " + reason);
        }

        @Override
        public void preempted(String pool, PlacedTask task, String reason) {
            throw new AssertionError(task + " was preempted: " + reason);
        }

        @Override
        public void released(String pool, String host) {
            throw new AssertionError(host + " was released");
        }

        @Override
        public void planned(PlanReport report) {}

        @Override
        public void failed(String pool, Throwable error) {
            throw new AssertionError(error);
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
        Stream.concat(running.stream().map(Running::task), waiting.values().stream())
                .map(DispatchedTask::job)
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
                new TaskTimes(times),
                placement.view().loads(pools, 0, MOST_HOSTS, MOST_TASKS, now),
                Map.of());
    }

    StartEstimate estimate(long job) {
        return StartForecast.of(present(), job, StartForecast.DRAWS, 1, () -> true);
    }
}
