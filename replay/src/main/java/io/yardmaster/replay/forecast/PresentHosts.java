package io.yardmaster.replay.forecast;

import io.yardmaster.core.placement.Amounts;
import io.yardmaster.core.placement.Booking;
import io.yardmaster.core.placement.Host;
import io.yardmaster.core.placement.OfferedUnit;
import io.yardmaster.core.placement.PlacedTask;
import io.yardmaster.core.placement.PoolLoad;
import io.yardmaster.core.placement.PoolStart;
import io.yardmaster.core.placement.Requirement;
import io.yardmaster.core.placement.Reservation;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.StageLoad;
import io.yardmaster.replay.engine.ChosenStrategies;
import io.yardmaster.replay.engine.OfferedTasks;
import io.yardmaster.replay.engine.StateInMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;

/**
 * The pools whose hosts are known, as a state of placement that can be opened again and again. It has the tasks of {@link
 * PresentScheduler}, each in the stead of one of the same stage: which of them is which makes no difference.
 */
final class PresentHosts {
    private static final long SESSION = 0;
    private static final long INCARNATION = 1;

    private final Set<String> pools = new TreeSet<>();
    private final StateInMemory state = new StateInMemory();
    private final List<RunningTasks.Begun> running = new ArrayList<>();
    private final Map<Long, DispatchedTask> waiting = new HashMap<>();
    private final List<ReservedHosts> reserved = new ArrayList<>();
    private final Map<Long, ReservedHosts> reservedFor = new HashMap<>();
    private final Map<Long, Integer> priorities = new HashMap<>();
    /** Tasks of these pools that are not known yet to run or to wait: by job and stage, in the order of their indices. */
    private final Map<Long, Map<StageLoad, Queue<RunningTasks.Begun>>> left = new LinkedHashMap<>();

    private final int hosts;
    private final ChosenStrategies strategies;

    /** @param dispatched all tasks that were dispatched and have not ended */
    PresentHosts(PresentState present, List<RunningTasks.Begun> dispatched) {
        present.pools().forEach(pool -> pools.add(pool.pool()));
        present.jobs()
                .forEach(job -> priorities.put(job.view().job(), job.view().priority()));
        strategies = new ChosenStrategies(present.strategies());
        hosts = present.pools().stream().mapToInt(pool -> pool.hosts().size()).sum();
        for (RunningTasks.Begun begun : dispatched) {
            if (!has(begun.load().pool())) {
                running.add(begun);
            }
        }
        dispatched.stream()
                .filter(begun -> has(begun.load().pool()))
                .sorted(Comparator.comparingInt(begun -> begun.task().taskIndex()))
                .forEach(begun -> left.computeIfAbsent(begun.task().job(), job -> new LinkedHashMap<>())
                        .computeIfAbsent(begun.load(), stage -> new ArrayDeque<>())
                        .add(begun));
        List<PoolStart> starts =
                present.pools().stream().map(pool -> start(pool, present.now())).toList();
        PoolStart.store(state, starts, SESSION);
    }

    /** The choices of the pools. */
    ChosenStrategies strategies() {
        return strategies;
    }

    private PoolStart start(PoolLoad pool, long now) {
        List<Host> all = pool.hosts().stream()
                .map(host -> new Host(
                        pool.pool(), host.name(), INCARNATION, Amounts.of(host.total()), host.labels(), 0, now))
                .toList();
        List<PlacedTask> placed = new ArrayList<>();
        for (PoolLoad.Placed each : pool.placed()) {
            take(each.job(), each.task(), 1).forEach(begun -> {
                running.add(new RunningTasks.Begun(begun.task(), begun.load(), OptionalLong.of(each.since())));
                placed.add(placed(begun.task(), each));
            });
        }
        List<OfferedUnit> units = new ArrayList<>();
        List<Reservation> reservations = new ArrayList<>();
        for (PoolLoad.Waiting each : pool.waiting()) {
            List<DispatchedTask> tasks = take(each.job(), each.firstTask(), each.tasks()).stream()
                    .map(RunningTasks.Begun::task)
                    .toList();
            if (!tasks.isEmpty()) {
                Requirement requirement = new Requirement(Amounts.of(each.needs()), each.labels());
                units.add(OfferedTasks.unit(each.order(), tasks, requirement, each.priority(), each.expectedMs()));
                tasks.forEach(task -> waiting.put(task.id(), task));
                reserve(pool, each, tasks, reservations);
            }
        }
        addUnseen(pool, units);
        return new PoolStart(pool.pool(), all, placed, units, reservations);
    }

    /** Some tasks of the stage that has this index; fewer if so many are not left, as when they have just ended. */
    private List<RunningTasks.Begun> take(long job, int index, int most) {
        List<RunningTasks.Begun> taken = new ArrayList<>();
        for (Map.Entry<StageLoad, Queue<RunningTasks.Begun>> stage :
                left.getOrDefault(job, Map.of()).entrySet()) {
            int place = index - stage.getKey().firstTask();
            if (place >= 0 && place < stage.getKey().tasks()) {
                while (taken.size() < most && !stage.getValue().isEmpty()) {
                    taken.add(stage.getValue().remove());
                }
            }
        }
        return taken;
    }

    private static PlacedTask placed(DispatchedTask task, PoolLoad.Placed as) {
        Booking booking = new Booking(
                OfferedTasks.ref(task),
                as.host(),
                INCARNATION,
                Amounts.of(as.needs()),
                0,
                false,
                task.taskIndex(),
                1,
                as.since(),
                as.expectedEnd(),
                as.beside());
        return new PlacedTask(booking, task.group(), task.id());
    }

    private void reserve(
            PoolLoad pool, PoolLoad.Waiting gang, List<DispatchedTask> tasks, List<Reservation> reservations) {
        for (Reservation each : pool.reservations()) {
            if (each.offer() == gang.order()) {
                int first = tasks.get(0).taskIndex();
                reservations.add(
                        new Reservation(each.priority(), each.offer(), first, each.since(), each.turn(), each.tasks()));
                ReservedHosts its = new ReservedHosts(pool.pool(), gang.order(), gang.job(), gang.tasks());
                reserved.add(its);
                tasks.forEach(task -> reservedFor.put(task.id(), its));
            }
        }
    }

    /** Adds tasks that their shard has handed over and placement had not seen yet: they wait behind the others. */
    private void addUnseen(PoolLoad pool, List<OfferedUnit> units) {
        long order =
                pool.waiting().stream().mapToLong(PoolLoad.Waiting::order).max().orElse(-1);
        for (Map<StageLoad, Queue<RunningTasks.Begun>> stages : left.values()) {
            for (Map.Entry<StageLoad, Queue<RunningTasks.Begun>> stage : stages.entrySet()) {
                StageLoad load = stage.getKey();
                while (load.pool().equals(pool.pool()) && !stage.getValue().isEmpty()) {
                    DispatchedTask task = stage.getValue().remove().task();
                    Requirement requirement = new Requirement(
                            Amounts.of(load.hosts().amounts()), load.hosts().labels());
                    int priority = priorities.getOrDefault(task.job(), 0);
                    order++;
                    units.add(OfferedTasks.unit(order, List.of(task), requirement, priority, expected(load)));
                    waiting.put(task.id(), task);
                }
            }
        }
    }

    private static long expected(StageLoad load) {
        return load.timeout() > 0 ? load.timeout() : -1;
    }

    /** Returns whether the tasks of a pool are placed on hosts. */
    boolean has(String pool) {
        return pools.contains(pool);
    }

    Set<String> pools() {
        return pools;
    }

    /** The number of hosts of all pools. */
    int hosts() {
        return hosts;
    }

    /** A copy of the state. */
    StateInMemory state() {
        return new StateInMemory(state);
    }

    /** The tasks that run, those of other pools first. */
    List<RunningTasks.Begun> running() {
        return running;
    }

    /** The tasks that wait for a host, by the ids of their assignments. */
    Map<Long, DispatchedTask> waiting() {
        return waiting;
    }

    /** The hosts that are reserved for a task; null if there are none. */
    ReservedHosts reservedFor(DispatchedTask task) {
        return reservedFor.get(task.id());
    }

    /** The reservations of all pools. */
    List<ReservedHosts> reserved() {
        return reserved;
    }
}
