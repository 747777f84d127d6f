package io.yardmaster.replay.forecast;

import static io.yardmaster.replay.forecast.StartCourse.NEVER;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.StageLoad;
import io.yardmaster.core.values.TaskEnd;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One course that things may take from the present state on, until a job has ended. */
final class StartDraw {
    /** A plan that has looked at so many hosts and tasks counts as a step. */
    private static final long LOOKS_OF_STEP = 25;

    private final PresentScheduler present;
    private final Scheduler scheduler;
    private final TaskTimes times;
    private final SplittableRandom random;
    private final long target;
    private final Consumer<Decision> decided = this::decided;

    private final PriorityQueue<Ending> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Ending::at).thenComparingLong(Ending::number));
    /** Tasks that the fleet has and that wait there for a slot. */
    private final Deque<RunningTasks.Begun> queued = new ArrayDeque<>();

    private final PresentHosts presentHosts;
    private final DrawnHosts hosts;
    private final Set<Long> jobsBefore = new HashSet<>();
    private final Map<Integer, Long> stageStarts = new TreeMap<>();
    private final Map<ReservedHosts, Long> reservedStarts = new HashMap<>();
    private int free;
    private long tasksBefore;
    private long stepsBefore;
    private long start = NEVER;
    private long end = NEVER;
    private long now;
    private long steps;

    /** @param slot whether it has a slot of the default pool */
    private record Ending(long at, long number, DispatchedTask task, boolean slot) {}

    StartDraw(
            PresentState state,
            PresentScheduler present,
            PresentHosts presentHosts,
            long target,
            SplittableRandom random) {
        this.present = present;
        this.scheduler = present.open();
        this.times = state.times();
        this.random = random;
        this.target = target;
        this.now = state.now();
        this.free = state.slots();
        this.presentHosts = presentHosts;
        this.hosts = new DrawnHosts(presentHosts, now, this::begins);
        for (RunningTasks.Begun begun : presentHosts.running()) {
            if (!begun.load().pool().isEmpty()) {
                agenda.add(new Ending(now + left(begun), steps++, begun.task(), false));
            } else if (free > 0) {
                free--;
                agenda.add(new Ending(now + left(begun), steps++, begun.task(), true));
            } else {
                queued.add(begun);
            }
        }
    }

    private long left(RunningTasks.Begun begun) {
        long group = begun.task().group();
        String stage = begun.load().name();
        return begun.since().isPresent()
                ? times.left(group, stage, Math.max(0, now - begun.since().getAsLong()), random)
                : times.left(group, stage, random);
    }

    /**
     * Lets time pass until the job has ended, nothing happens any more, or so many tasks were dispatched or have ended. Plans for hosts
     * count, too.
     *
     * @param mostSteps of all
     * @param mostAfter of those after the start of the job
     */
    StartCourse run(long mostSteps, long mostAfter) {
        settle();
        long limit = limit(mostSteps, mostAfter);
        while (end == NEVER && effort() < limit && nextMoment() < Long.MAX_VALUE) {
            now = nextMoment();
            while (!agenda.isEmpty() && agenda.peek().at() <= now) {
                end(agenda.remove());
            }
            settle();
            limit = limit(mostSteps, mostAfter);
        }
        boolean stands = nextMoment() == Long.MAX_VALUE;
        return new StartCourse(start, end, now, stands, tasksBefore, jobsBefore, stageStarts, reservedStarts, effort());
    }

    private long limit(long mostSteps, long mostAfter) {
        return start == NEVER ? mostSteps : Math.min(mostSteps, stepsBefore + mostAfter);
    }

    private long effort() {
        return steps + hosts.looks() / LOOKS_OF_STEP;
    }

    private long nextMoment() {
        long next = agenda.isEmpty() ? Long.MAX_VALUE : agenda.peek().at();
        // Tasks of pools need no slot.
        boolean mayGo = free > 0 || present.ratesPools();
        long untilRate = mayGo ? scheduler.untilRate() : -1;
        return untilRate < 0 ? next : Math.min(next, now + Math.max(1, untilRate));
    }

    private void settle() {
        int quiet = 0;
        while (quiet < PresentScheduler.QUIET_TICKS) {
            long before = steps;
            scheduler.tick(now, new Budget(free, Map.of(), Budget.NO_FLOOR, present.limits()), decided);
            hosts.place(now);
            quiet = steps == before ? quiet + 1 : 0;
        }
    }

    private void end(Ending ending) {
        steps++;
        scheduler.apply(Event.AssignmentEnded.of(ending.task(), TaskEnd.SUCCEEDED, now, 0), decided);
        if (presentHosts.has(ending.task().pool())) {
            hosts.ended(ending.task(), now);
        }
        if (!ending.slot()) {
            return;
        }
        RunningTasks.Begun next = queued.poll();
        if (next == null) {
            free++;
        } else {
            long takes = times.draw(next.task().group(), next.load().name(), random);
            agenda.add(new Ending(now + takes, steps, next.task(), true));
        }
    }

    private void decided(Decision decision) {
        if (decision instanceof DispatchedTask task && task.stage() != null) {
            dispatched(task);
        } else if (decision instanceof Decision.Reached reached
                && reached.job() == target
                && (reached.milestone() == JobMilestone.SUCCEEDED || reached.milestone() == JobMilestone.ENDED)) {
            end = now;
        }
    }

    private void dispatched(DispatchedTask task) {
        if (PresentGraph.isGate(task.stage())) {
            agenda.add(new Ending(now, steps++, task, false));
            return;
        }
        if (presentHosts.has(task.pool())) {
            steps++;
            hosts.offer(task, present.graph(task.job()).job().view().priority());
        } else {
            begins(task);
        }
    }

    private void begins(DispatchedTask task) {
        StageLoad load = present.graph(task.job()).load(task.stage());
        ReservedHosts reserved = presentHosts.reservedFor(task);
        if (reserved != null) {
            reservedStarts.putIfAbsent(reserved, now);
        }
        boolean slot = task.pool().isEmpty();
        free -= slot ? 1 : 0;
        agenda.add(new Ending(now + times.draw(task.group(), load.name(), random), steps++, task, slot));
        if (task.job() == target) {
            if (start == NEVER) {
                start = now;
                stepsBefore = effort();
            }
            stageStarts.putIfAbsent(load.number(), now);
        } else if (start == NEVER) {
            jobsBefore.add(task.job());
            tasksBefore++;
        }
    }
}
