package io.yardmaster.core;

import io.yardmaster.core.admission.PausedJobs;
import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.cycle.Cycle;
import io.yardmaster.core.cycle.CyclePosition;
import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.ending.DedupMemory;
import io.yardmaster.core.ending.EndingQueues;
import io.yardmaster.core.ending.FinalizingGate;
import io.yardmaster.core.ending.JobCommands;
import io.yardmaster.core.graph.Graphs;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.limits.Limits;
import io.yardmaster.core.order.TurnWeights;
import io.yardmaster.core.outcomes.AwaitedTasks;
import io.yardmaster.core.outcomes.Outcomes;
import io.yardmaster.core.state.Garbage;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.OldSessions;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.CommandDropReason;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.LimitDemand;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.view.SchedulerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides the order in which tasks are offered: a deterministic, single-threaded state machine. The same calls, with the same
 * times, give the same decisions, also if the scheduler was opened anew from its storage in between, and follows the same policy.
 *
 * <p>Events change state at once; assignments are made by {@link #tick} alone. Changes of a job's record are collected
 * and written by {@link #flush}, which the caller must call before it makes the calls' effects durable.
 */
public final class Scheduler {
    private final DecisionHandover decisions = new DecisionHandover();
    private final Policy policy;
    private final Storage storage;
    private final long idBase;
    private final Keys keys = new Keys();
    private final StateWriter writer = new StateWriter();
    private final Ledger ledger = new Ledger();
    private final CyclePosition position;
    private final EndingQueues queues;
    private final AgeClock clock;
    private final Garbage garbage;
    private final OldSessions oldSessions;
    private final JobTable jobs;
    private final PausedJobs paused;
    private final Limits limits;
    private final FinalizingGate gate;
    private final JobCommands commands;
    private final DedupMemory memory;
    private final ReadyTasks readyTasks;
    private final Outcomes outcomes;
    private final Graphs graphs;
    private Pool pool;
    private Cycle cycle;
    private TurnWeights weights = TurnWeights.EVEN;

    /**
     * Opens the state in the storage, or begins a new one if the storage is empty. Reads one record for each active job and
     * each group with work, however many tasks are buffered. If the policy has changed since, the decisions that follow from
     * that are returned by the first call.
     *
     * @param idBase is added to the numbers 1, 2, 3 … of assignments; schedulers that share a topic have bases so far apart
     *     that no two assignments get the same id
     */
    public Scheduler(Policy policy, Storage storage, long idBase) {
        this.policy = policy;
        this.storage = storage;
        this.idBase = idBase;
        this.position = new CyclePosition(ledger);
        this.queues = new EndingQueues(storage, keys, ledger);
        this.clock = new AgeClock(
                policy.shortestExpiryMillis(), policy.tickInterval().toMillis(), ledger);
        this.garbage = new Garbage(storage, keys, ledger);
        this.oldSessions = new OldSessions(storage, keys);
        this.jobs = new JobTable(storage, keys, garbage);
        this.paused = new PausedJobs(storage, keys, ledger);
        this.limits = new Limits(policy.fairness(), storage, keys, jobs, clock::fineAge, ledger);
        this.gate = new FinalizingGate(policy, jobs, queues, limits, clock, ledger, decisions::decide);
        this.commands = new JobCommands(jobs, gate, limits, ledger);
        this.memory = new DedupMemory(policy, jobs, queues, clock, ledger);
        this.readyTasks = new ReadyTasks(jobs, memory, limits, decisions::decide);
        this.outcomes = new Outcomes(
                policy, storage, keys, jobs, gate, memory, limits, clock, ledger, idBase, decisions::decide);
        this.graphs = new Graphs(policy, storage, jobs, gate, limits, clock, ledger, decisions::decide);
        ledger.load(storage);
        graphs.load();
        if (ledger.session() != Ledger.NO_SESSION) {
            keys.begin(ledger.session());
        }
        limits.load();
        openPool();
        pool.load(position.cursors());
    }

    private void openPool() {
        pool = new Pool(policy, storage, keys, jobs, paused, ledger, decisions::decide);
        pool.turns().weigh(weights);
        cycle = new Cycle(policy, gate, queues, pool, jobs, limits, position, ledger, idBase, decisions::decide);
        cycle.onGraphTask(outcomes.awaited()::add);
    }

    /** The state, for a person to look at; valid until the next call of another method. */
    public SchedulerView view() {
        return new SchedulerView(
                policy, jobs, ledger, queues, clock, pool, graphs.view(), limits.view(), outcomes.refusedTasks());
    }

    /** The ids of up to {@code most} assignments that hold units of limits, ascending, from this one on. */
    public long[] holding(long from, int most) {
        return limits.holding(from, most, idBase);
    }

    /** The dispatched tasks of graphs of which no outcome was counted. */
    public AwaitedTasks awaited() {
        return outcomes.awaited();
    }

    /** The pool of the task with this assignment, if it holds units; empty for the default one, and if it holds none. */
    public String poolOf(long id) {
        return limits.poolOf(id, idBase);
    }

    /** The number of assignments to pools other than the default one since the last call (L9). */
    public int takeOfferedInPools() {
        return cycle.takeOfferedInPools();
    }

    /** The use of each limit but those of single jobs, by {@link io.yardmaster.core.values.LimitKeys key}. */
    public Map<String, LimitDemand> limits() {
        return limits.demand();
    }

    /** The time, in ms, after which a tick may offer a task that waits for a rate; -1 if none waits. */
    public long untilRate() {
        return limits.untilRate();
    }

    /** Returns whether an outcome of the assignment with this id was counted in this session (O1). */
    public boolean hasEnded(long id) {
        return outcomes.hasEnded(id);
    }

    /** The newest session seen, or -1 before the first event. */
    public long session() {
        return ledger.session();
    }

    /** Grows with each tick that changes the state otherwise than in the storage, also if it decides nothing. */
    public long changes() {
        return ledger.changes();
    }

    /** Counts waiting jobs and tasks, the turns of a cycle and, if asked, the jobs of each group, in time that grows with these. */
    public Demand demand(boolean byGroup) {
        return cycle.demand(byGroup);
    }

    /** Applies an event and returns the decisions about it, in order. */
    public List<Decision> apply(Event event) {
        List<Decision> decided = new ArrayList<>();
        apply(event, decided::add);
        return decided;
    }

    /** Applies an event and hands over the decisions about it, in order, to a consumer that must not call the scheduler. */
    public void apply(Event event, Consumer<Decision> decided) {
        decisions.begin(decided);
        if (event instanceof Event.SessionBegan began) {
            followSession(began.session());
        } else if (event instanceof Event.Commanded commanded) {
            command(commanded);
        } else if (event instanceof Event.AssignmentEnded ended) {
            graphs.ended(ended, outcomes.apply(ended), pool);
        } else if (event instanceof Event.AssignmentsTaken taken) {
            limits.release(taken.ids(), idBase);
        } else if (event instanceof Event.AssignmentsUnreported unreported) {
            outcomes.unreported(unreported.ids(), ended -> graphs.ended(ended, outcomes.apply(ended), pool));
        } else if (event instanceof Event.GraphSubmitted submitted) {
            submit(submitted);
        } else if (event instanceof Event.OfJob ofJob) {
            Job job = admit(ofJob, ofJob instanceof Event.TasksReady ready ? ready.indices().length : 1);
            if (job != null) {
                apply(ofJob, job);
            }
        }
        decisions.end();
    }

    private void apply(Event.OfJob event, Job job) {
        if (event instanceof Event.TasksReady ready) {
            readyTasks.buffer(ready, job, pool);
        } else if (event instanceof Event.CommitReady commit) {
            gate.commit(job, pool, commit);
        } else if (event instanceof Event.CleanupReady cleanup) {
            gate.cleanup(job, pool, cleanup);
        }
    }

    private void command(Event.Commanded event) {
        if (event.session() != Event.Commanded.ANY_SESSION) {
            if (ledger.isOver(event.session())) {
                decisions.decide(
                        new Decision.CommandDropped(CommandDropReason.OLD_SESSION, event.command(), event.job()));
                return;
            }
            followSession(event.session());
        }
        Job job = find(event.job());
        CommandDropReason dropped = job == null ? CommandDropReason.UNKNOWN_JOB : commands.carryOut(event, job, pool);
        if (dropped != null) {
            decisions.decide(new Decision.CommandDropped(dropped, event.command(), event.job()));
        } else if (job != null) {
            decisions.decide(new Decision.Obeyed(event.command(), job.id, job.group, job.priority));
            graphs.commanded(event.command(), job, pool);
        }
    }

    /** The job that an event is about, known or new; null if the event was dropped. */
    private @Nullable Job admit(Event.OfJob event, int tasks) {
        if (ledger.isOver(event.session())) {
            return drop(EventDropReason.OLD_SESSION, event.job(), tasks);
        }
        followSession(event.session());
        Job job = find(event.job());
        if (job == null) {
            decisions.decide(new Decision.Reached(JobMilestone.BEGAN, event.job(), event.group()));
            return jobs.create(event.job(), event.group());
        }
        if (job.group != event.group()) {
            return drop(EventDropReason.WRONG_GROUP, event.job(), tasks);
        }
        return job.hasGraph ? drop(EventDropReason.HAS_GRAPH, event.job(), tasks) : job;
    }

    private @Nullable Job find(long id) {
        Job job = jobs.find(id);
        return job == null ? graphs.find(id, pool) : job;
    }

    private void submit(Event.GraphSubmitted event) {
        long session =
                event.session() == Event.GraphSubmitted.ANY_SESSION ? Math.max(0, ledger.session()) : event.session();
        EventDropReason dropped = ledger.isOver(session) ? EventDropReason.OLD_SESSION : null;
        if (dropped == null) {
            if (session > ledger.session() && graphs.refuses(event)) {
                return; // a graph that nothing comes of voids no session
            }
            followSession(session);
            dropped = find(event.job()) == null ? null : EventDropReason.DUPLICATE;
        }
        if (dropped == null) {
            graphs.submit(event, pool);
        } else {
            drop(dropped, event.job(), event.tasks());
        }
    }

    /** Drops an event, of which no job comes. */
    private @Nullable Job drop(EventDropReason reason, long job, long tasks) {
        decisions.decide(new Decision.Dropped(reason, job, tasks));
        return null;
    }

    private void followSession(long session) {
        if (session > ledger.session()) {
            graphs.leaveSession(writer);
            keys.begin(session);
            jobs.clear();
            ledger.begin(session);
            openPool();
            oldSessions.more();
            decisions.decide(new Decision.SessionBegan(session));
        }
    }

    /** Makes all further decisions by these choices, those about what waits already, too. */
    public void follow(LivePolicy live) {
        graphs.follow(live);
        weights = weights.given(policy.fairness().isByWeight() ? live.groupWeights() : Map.of());
        limits.follow(live, weights);
    }

    /**
     * Offers tasks until the budget, which is the default pool's, is used or nothing is left to offer (S2, L9).
     *
     * @param now epoch milliseconds; may jump in either direction (S9)
     * @param decided takes each decision when it is made, as there may be many; must not call the scheduler
     * @return the number of assignments to the default pool among the decisions
     */
    public int tick(long now, Budget budget, Consumer<Decision> decided) {
        decisions.begin(decided);
        weights = weights.parts(budget.weights());
        pool.turns().weigh(weights);
        pool.levels().limit(budget.floor());
        clock.advance(now);
        gate.lift();
        memory.forgetSilent(pool);
        outcomes.tick(pool);
        graphs.tick(pool, now);
        limits.tick(pool, budget, weights, cycle);
        int offered = cycle.offer(budget.assignments());
        oldSessions.reclaim();
        garbage.reclaim();
        decisions.end();
        return offered;
    }

    /** Writes all changes. Groups without jobs are forgotten, and with them the part of a turn that they saved. */
    public void flush() {
        flush(true);
    }

    /**
     * Writes all changes to the storage.
     *
     * @param age whether to write the ledger if nothing but its age has changed. If that is not written and the scheduler is
     *     opened anew, gates and memories hold longer by the time that was lost, and never shorter (S9)
     */
    public void flush(boolean age) {
        graphs.flush(writer);
        jobs.flush(writer);
        graphs.unload();
        pool.flush(writer);
        outcomes.flush(writer);
        limits.flush(writer);
        position.moveTo(pool.turns().cursors());
        ledger.use(pool.usesLevels(), limits.isUsed() || graphs.areRanked());
        ledger.flush(storage, writer, age);
    }
}
