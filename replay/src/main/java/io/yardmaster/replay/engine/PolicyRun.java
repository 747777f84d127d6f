package io.yardmaster.replay.engine;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.HostChange;
import io.yardmaster.replay.ModelFleet;
import io.yardmaster.replay.RecordedWork;
import io.yardmaster.replay.ReplayPolicy;
import io.yardmaster.replay.TimedEvent;
import io.yardmaster.replay.report.RunFigures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A day under one policy: the scheduler of production, a fleet of slots and hosts, and a clock that jumps from one moment to the next. */
public final class PolicyRun {
    /** The scheduler's changes are written after so many calls and decisions. */
    private static final int CALLS_PER_FLUSH = 20_000;
    /** While a task may wait for the end of a back-off, the scheduler is asked this often. */
    private static final long BACKOFF_STEP = 1_000;
    /** No back-off is longer. */
    private static final long LONGEST_BACKOFF = Duration.ofDays(31).toMillis();

    private final Scheduler scheduler;
    private final SlotAgenda running;
    private final long unknownRuntime;
    private final RunFigures figures;
    private final PolicyCourse course;
    private final LimitUses uses;
    private final FleetPools pools;
    private final Optional<ModelHosts> hosts;
    private final OneFleet graphs;
    /** A moment is over after this number of ticks without a decision: a job may wait one tick before limits decide about it. */
    private final int quietTicks;

    private final Map<Long, JobWork> jobs = new HashMap<>();
    /** Jobs with a task that did not succeed, which may be tried again after a back-off. */
    private final Set<Long> retrying = new HashSet<>();

    private final List<Decision.KillRunning> kills = new ArrayList<>();
    private final Consumer<Decision> decided = this::decided;
    private boolean begun;
    private long now;
    private long changedAt;
    private int calls;
    private long decisions;

    /**
     * Begins before the day.
     *
     * @param changes of hosts that are of a pool, by their times; none if the fleet has hosts for all pools
     */
    public PolicyRun(ReplayPolicy replayed, ModelFleet fleet, List<HostChange> changes, RunFigures figures) {
        this.scheduler = new Scheduler(VirtualPolicy.of(replayed.policy()), new StateInMemory(), 0);
        this.running = new SlotAgenda(fleet.slots());
        this.unknownRuntime = fleet.unknownRuntime();
        this.figures = figures;
        this.pools = FleetPools.of(fleet, changes);
        this.course = new PolicyCourse(replayed, pools);
        this.uses = new LimitUses(pools.counted(limits()), figures);
        this.hosts = ModelHosts.of(fleet, changes, replayed.pools(), figures, this::begin);
        this.graphs = new OneFleet(pools, replayed.pools(), hosts);
        this.scheduler.follow(course.live());
        this.quietTicks = course.isUnlimited() ? 1 : 2;
    }

    /** Takes the next event of the day, whose time is not before that of the one before. */
    public void arrive(TimedEvent arrived) {
        if (!begun || arrived.at() > now) {
            if (begun) {
                runUntil(arrived.at());
            }
            begun = true;
            now = arrived.at();
            endDue();
            followDue();
        }
        Event event =
                arrived.event() instanceof Event.GraphSubmitted graph ? graphs.of(graph, limits()) : arrived.event();
        if (event instanceof Event.GraphSubmitted graph) {
            JobWork job = job(graph.job(), graph.group());
            job.priority = graph.priority();
            job.arrived(graph.tasks(), arrived.work());
            Optional<String> unmet = UnmetNeeds.of(graph.stages(), limits());
            if (unmet.isPresent()) {
                refused(graph.job(), unmet.get());
                return;
            }
        } else if (event instanceof Event.TasksReady ready) {
            job(ready.job(), ready.group()).arrived(ready.indices().length, arrived.work());
        } else if (event instanceof Event.OfJob ofJob && arrived.work() != RecordedWork.NONE) {
            job(ofJob.job(), ofJob.group()).arrived(0, arrived.work());
        }
        apply(event);
    }

    private JobWork job(long id, long group) {
        JobWork job = jobs.get(id);
        if (job == null) {
            job = new JobWork(figures.group(group), now);
            jobs.put(id, job);
            figures.jobBegan(now);
        }
        return job;
    }

    /** Lets the fleet do all that is left. */
    public void finish() {
        if (begun) {
            runUntil(Long.MAX_VALUE);
        }
        jobs.values().forEach(job -> figures.jobLeft(job.group, now - job.begunAt));
    }

    private void runUntil(long limit) {
        settle();
        for (long next = nextMoment(); next < limit; next = nextMoment()) {
            now = next;
            endDue();
            followDue();
            settle();
        }
    }

    /** Follows the changes of the policy and of hosts whose time has come. */
    private void followDue() {
        while (course.nextChange() <= now) {
            scheduler.follow(course.advance());
            hosts.ifPresent(fleet -> fleet.recall(course.live()));
        }
        hosts.ifPresent(fleet -> fleet.follow(now));
        takeBack();
    }

    private Map<String, Long> limits() {
        return course.live().limits();
    }

    private long nextMoment() {
        // A change without a job that waits for it is followed when one comes.
        long change = jobs.isEmpty()
                ? Long.MAX_VALUE
                : Math.min(
                        course.nextChange(), hosts.map(ModelHosts::nextChange).orElse(Long.MAX_VALUE));
        long end = Math.min(change, running.firstEnd());
        boolean waiting = !retrying.isEmpty() && now - changedAt <= LONGEST_BACKOFF;
        long next = waiting ? Math.min(end, now + BACKOFF_STEP) : end;
        long untilRate = mayDispatch() ? scheduler.untilRate() : -1;
        return untilRate < 0 ? next : Math.min(next, now + untilRate);
    }

    /** Decides in this moment until no slot is free or nothing is left. Tasks that take no time end within it. */
    private void settle() {
        int quiet = 0;
        while (mayDispatch() && quiet < quietTicks) {
            long before = decisions;
            Budget budget = new Budget(running.free(), Map.of(), Budget.NO_FLOOR, limits());
            calls += scheduler.tick(now, budget, decided) + 1;
            hosts.ifPresent(fleet -> fleet.place(now));
            takeBack();
            quiet = decisions == before ? quiet + 1 : 0;
            endDue();
            flushIfDue();
        }
    }

    private boolean mayDispatch() {
        return running.free() > 0 || pools.areUsed();
    }

    /** Ends the assignments of tasks that do not wait for a host any more, or have lost theirs. */
    private void takeBack() {
        if (hosts.isEmpty()) {
            return;
        }
        for (ModelHosts.GivenBack back = hosts.get().nextGivenBack();
                back != null;
                back = hosts.get().nextGivenBack()) {
            DispatchedTask task = back.task();
            if (back.ran()) {
                JobWork job = jobOf(task);
                long runtime = job.runtime(task, unknownRuntime);
                running.stop(task).ifPresent(end -> {
                    figures.stopped(job.group, end, now, runtime);
                    uses.held(job.group, task, end - runtime, now - end);
                });
            }
            uses.ends(task, now);
            retryIfOpen(task);
            TaskEnd end = back.killed() ? TaskEnd.KILLED : TaskEnd.REFUSED;
            apply(Event.AssignmentEnded.of(task, end, now, Event.AssignmentEnded.UNKNOWN)
                    .withPlaced(back.ran()));
        }
    }

    /** A job that has ended waits for no back-off. */
    private void retryIfOpen(DispatchedTask task) {
        if (jobs.containsKey(task.job())) {
            retrying.add(task.job());
        }
    }

    private void endDue() {
        while (running.firstEnd() <= now) {
            DispatchedTask task = running.firstTask();
            JobWork job = running.firstWork();
            boolean killed = running.firstKilled();
            TaskEnd end = killed ? TaskEnd.KILLED : job.work.end(task.kind(), task.taskIndex(), task.attempt());
            running.removeFirst();
            uses.ends(task, now);
            if (graphs.isPlaced(task)) {
                hosts.get().ended(task, now);
            }
            if (end != TaskEnd.SUCCEEDED) {
                retryIfOpen(task);
            }
            apply(Event.AssignmentEnded.of(
                    task, end, now, killed ? Event.AssignmentEnded.UNKNOWN : job.runtime(task, unknownRuntime)));
            if (task.kind() != TaskKind.TASK && end == TaskEnd.SUCCEEDED) {
                ended(task.job());
            }
        }
    }

    private void apply(Event event) {
        scheduler.apply(event, decided);
        calls++;
        decisions++;
        for (Decision.KillRunning kill : kills) {
            running.kill(kill.job(), kill.first(), kill.count(), now);
            hosts.ifPresent(fleet -> fleet.withdraw(kill.job(), kill.first(), kill.count(), true));
        }
        kills.clear();
        if (event instanceof Event.SessionBegan began) {
            hosts.ifPresent(fleet -> fleet.begin(began.session()));
        }
        takeBack();
    }

    private void flushIfDue() {
        if (calls >= CALLS_PER_FLUSH) {
            scheduler.flush();
            calls = 0;
        }
    }

    private void decided(Decision decision) {
        decisions++;
        changedAt = now;
        if (decision instanceof DispatchedTask task) {
            dispatched(task);
        } else if (decision instanceof Decision.Reached reached) {
            if (reached.milestone() == JobMilestone.SUCCEEDED || reached.milestone() == JobMilestone.ENDED) {
                ended(reached.job());
            }
        } else if (decision instanceof Decision.KillRunning kill) {
            kills.add(kill);
        } else if (decision instanceof Decision.Obeyed obeyed) {
            obeyed(obeyed);
        } else if (decision instanceof Decision.GraphRefused refused) {
            refused(refused.job(), refused.reason());
        } else if (decision instanceof Decision.Dropped dropped) {
            figures.dropped(dropped.reason(), dropped.count());
        }
    }

    private void obeyed(Decision.Obeyed obeyed) {
        long id = obeyed.job();
        switch (obeyed.command()) {
            case SET_PRIORITY -> {
                JobWork job = jobs.get(id);
                if (job != null) {
                    job.priority = obeyed.priority();
                }
                hosts.ifPresent(fleet -> fleet.prioritize(id, obeyed.priority()));
            }
            case CANCEL -> hosts.ifPresent(fleet -> fleet.withdraw(id, 0, 0, true));
            case PAUSE -> hosts.ifPresent(fleet -> fleet.withdraw(id, 0, 0, false));
            case RESUME -> {}
        }
    }

    private void dispatched(DispatchedTask task) {
        uses.begins(task, now);
        if (graphs.isPlaced(task)) {
            hosts.get().offer(task, scheduler.view().priority(task.job()));
        } else {
            begin(task);
        }
    }

    /** A task begins to run. */
    private void begin(DispatchedTask task) {
        decisions++;
        JobWork job = jobOf(task);
        long runtime = job.runtime(task, unknownRuntime);
        long wait = Math.max(0, now - task.readyAt());
        uses.held(job.group, task, now, runtime);
        if (task.pool().isEmpty()) {
            running.add(task, job, now + runtime);
            figures.started(job.group, job.priority, job.tasks, 1, wait, now, runtime);
        } else {
            running.addApart(task, job, now + runtime);
            figures.startedApart(job.group, job.priority, job.tasks, 1, wait, now, runtime);
        }
    }

    /** The job of a task; a cleanup task may follow when its job has ended by its commit task. */
    private JobWork jobOf(DispatchedTask task) {
        JobWork known = jobs.get(task.job());
        if (known == null && task.kind() != TaskKind.TASK) {
            return new JobWork(figures.group(task.group()), now);
        }
        return known == null ? job(task.job(), task.group()) : known;
    }

    private void refused(long id, String reason) {
        JobWork job = remove(id);
        if (job != null) {
            figures.refused(job.group, id, reason);
        }
    }

    private void ended(long id) {
        JobWork job = remove(id);
        if (job != null) {
            figures.jobEnded(job.group, now, now - job.begunAt);
        }
    }

    /** Null if the day has no such job, or it has ended. */
    private JobWork remove(long id) {
        retrying.remove(id);
        return jobs.remove(id);
    }
}
