package io.yardmaster.scheduling;

import java.util.Map;

/**
 * Decides in what order tasks are offered: a deterministic, single-threaded state machine. The same commands, with the
 * same times, give the same decisions, whether or not the scheduler was opened anew from its storage in between.
 *
 * <p>Events change state at once; assignments are made by {@link #tick} alone. Changes of a job's record are collected
 * and written by {@link #flush}, which must follow before the caller makes the commands' effects durable.
 */
public final class Scheduler {
    private static final int STEPS_PER_CYCLE = 3;

    private final Policy policy;
    private final Storage storage;
    private final long idBase;
    private final Decisions decisions;

    private final Keys keys = new Keys();
    private final RecordWriter writer = new RecordWriter();
    private final Garbage garbage;
    private final OldSessions oldSessions;
    private final JobTable jobs;
    private final Ledger ledger;
    private final FinalizingGate gate;
    private final DedupMemory memory;
    private Pool pool;
    private Map<Long, Double> weights = Map.of();

    /**
     * Opens what is in the storage, or begins where it is empty. Reads as many records as there are active jobs and
     * groups with work, however much is buffered.
     *
     * @param idBase added to the numbers 1, 2, 3 … that assignments get; schedulers that share a topic have bases so far
     *     apart that they never meet
     */
    public Scheduler(Policy policy, Storage storage, long idBase, Decisions decisions) {
        this.policy = policy;
        this.storage = storage;
        this.idBase = idBase;
        this.decisions = decisions;
        long shortestExpiry = Math.min(
                policy.finalizingExpiry().toMillis(), policy.dedupExpiry().toMillis());
        AgeClock clock = new AgeClock(shortestExpiry, policy.tickInterval().toMillis());
        this.garbage = new Garbage(storage, keys);
        this.oldSessions = new OldSessions(storage, keys);
        this.jobs = new JobTable(storage, keys, garbage);
        this.ledger = new Ledger(storage, keys, garbage, clock);
        this.gate = new FinalizingGate(policy, jobs, ledger, decisions);
        this.memory = new DedupMemory(policy, jobs, ledger);
        byte[] stored = storage.get(Keys.LEDGER);
        if (stored != null) {
            ledger.read(stored);
        }
        if (ledger.session != Ledger.NO_SESSION) {
            keys.begin(ledger.session);
        }
        this.pool = newPool();
        pool.load();
    }

    /** To look at what there is; of use until the next call of another method. */
    public SchedulerView view() {
        return new SchedulerView(policy, jobs, ledger, pool);
    }

    /** The newest session seen, or -1 before the first event. */
    public long session() {
        return ledger.session;
    }

    public int activeJobs() {
        return pool.active().size();
    }

    public long pendingJobs() {
        return pool.waitingJobs();
    }

    /** Jobs whose gate is closed: being finalized, or ended. */
    public long finalizingJobs() {
        return ledger.commits.size() + ledger.cleanups.size() + ledger.gates.size();
    }

    /** Tasks of active jobs, and finalizing tasks, that wait to be offered. */
    public long backlog() {
        return pool.active().backlog() + ledger.commits.size() + ledger.cleanups.size();
    }

    /** The groups that have active jobs, and how many. */
    public Map<Long, Integer> activeJobsByGroup() {
        return pool.activeJobsByGroup();
    }

    /** Turns in one cycle as things stand: of finalizing tasks, and of jobs or, by their weights, of groups. */
    public double turnsPerCycle() {
        return Math.min(ledger.commits.size(), policy.commitPerCycle())
                + Math.min(ledger.cleanups.size(), policy.cleanupPerCycle())
                + pool.turns().perRound();
    }

    /**
     * Says how often groups have a turn, where other schedulers give turns to the same groups: a group of weight 1 in
     * every cycle, one of weight 0.5 in every other. Is forgotten with this object.
     *
     * @param newWeights above 0 and up to 1; groups that are not mentioned have weight 1
     */
    public void weigh(Map<Long, Double> newWeights) {
        weights = newWeights;
        pool.turns().weigh(weights);
    }

    /** Begins a newer session, of which the events need not have arrived here yet (S11); an older one has no effect. */
    public void session(long session) {
        if (session > ledger.session) {
            begin(session);
        }
    }

    /**
     * Tasks of a job can run (S1).
     *
     * @param session 0 or more, as in all other calls
     * @param indices each 0 or more, in the order in which they shall run
     * @param attempt 0 or more
     * @param readyAt epoch milliseconds
     * @param trace goes with these tasks into their assignments: null, or up to 1,024 characters up to 0xFF; a longer one is
     *     left out
     */
    public void ready(long group, long jobId, long session, int[] indices, int attempt, long readyAt, String trace) {
        Job job = admit(group, jobId, session, indices.length);
        if (job == null) {
            return;
        }
        if (job.phase == Job.Phase.FINALIZING) {
            decisions.drop(DropReason.FINALIZING, jobId, indices.length);
            return;
        }
        long before = job.queue.size();
        String kept = RunTraces.kept(trace);
        boolean[] isNew = job.seen.add(indices, attempt);
        for (int i = 0; i < indices.length; i++) {
            if (isNew[i]) {
                job.queue.append(indices[i], attempt, readyAt, kept);
            }
        }
        long added = job.queue.size() - before;
        if (added < indices.length) {
            decisions.drop(DropReason.DUPLICATE, jobId, indices.length - added);
        }
        memory.remember(job);
        jobs.touch(job);
        if (job.phase == Job.Phase.ACTIVE) {
            pool.active().grow(added);
        } else if (job.phase == Job.Phase.PENDING && added > 0) {
            pool.waiting().grow(job, added);
        } else if (job.phase == Job.Phase.IDLE && added > 0) {
            pool.admit(job);
        }
    }

    /** The same without a trace. */
    public void ready(long group, long jobId, long session, int[] indices, int attempt, long readyAt) {
        ready(group, jobId, session, indices, attempt, readyAt, null);
    }

    /** A job's commit task can run (S8). */
    public void commit(long group, long jobId, long session, long readyAt, String trace) {
        Job job = admit(group, jobId, session, 1);
        if (job == null) {
            return;
        }
        if (FinalizingGate.takesCommit(job)) {
            gate.commit(job, pool, readyAt, RunTraces.kept(trace));
        } else {
            decisions.drop(DropReason.FINALIZING, jobId, 1);
        }
    }

    /** A job's cleanup task can run or, without a task, the job has ended (S8, S10). */
    public void cleanup(long group, long jobId, long session, boolean hasTask, long readyAt, String trace) {
        Job job = admit(group, jobId, session, 1);
        if (job == null) {
            return;
        }
        if (FinalizingGate.takesCleanup(job)) {
            gate.cleanup(job, pool, hasTask, readyAt, RunTraces.kept(trace));
        } else {
            decisions.drop(DropReason.FINALIZING, jobId, 1);
        }
    }

    /** The job that an event is about, known or new; null if the event is to be dropped, which is then said. */
    private Job admit(long group, long jobId, long session, int tasks) {
        if (session < ledger.session) {
            decisions.drop(DropReason.OLD_SESSION, jobId, tasks);
            return null;
        }
        session(session);
        Job job = jobs.find(jobId);
        if (job == null) {
            return jobs.create(jobId, group);
        }
        if (job.group != group) {
            decisions.drop(DropReason.WRONG_GROUP, jobId, tasks);
            return null;
        }
        return job;
    }

    private Pool newPool() {
        return new Pool(policy, storage, keys, jobs, ledger, decisions);
    }

    private void begin(long session) {
        keys.begin(session);
        jobs.clear();
        ledger.begin(session);
        pool = newPool();
        pool.turns().weigh(weights);
        oldSessions.more();
        decisions.beginSession(session);
    }

    /**
     * Offers tasks until the budget is used or nothing is left to offer (S2).
     *
     * @param now epoch milliseconds; may jump in either direction (S9)
     * @param budget assignments that the dispatch window has room for (S12)
     * @return how many were made
     */
    public int tick(long now, int budget) {
        ledger.aged |= ledger.clock.advance(now);
        gate.lift();
        memory.forgetSilent(pool);
        int offered = 0;
        long stepsInVain = 0;
        while (offered < budget && somethingToOffer()) {
            if (step()) {
                offered++;
                stepsInVain = 0;
            } else if (++stepsInVain > mostStepsInVain()) {
                throw new IllegalStateException("nothing to offer in a whole cycle, though " + backlog() + " tasks and "
                        + pool.waitingJobs() + " pending jobs are counted");
            }
        }
        oldSessions.reclaim();
        garbage.reclaim();
        return offered;
    }

    /** Every active job may have to be retired first, and groups of small weight wait for a cycle with their turn. */
    private long mostStepsInVain() {
        return 2L * policy.activeJobs() + STEPS_PER_CYCLE * (WeightedTurns.MOST_ROUNDS + 2L);
    }

    private boolean somethingToOffer() {
        return backlog() > 0 || pool.waitingJobs() > 0;
    }

    /** Moves the cycle on by one turn (S3). Returns whether a task was offered. */
    private boolean step() {
        switch (ledger.stage) {
            case COMMITS -> {
                Job job = ledger.offeredInStage < policy.commitPerCycle() ? gate.takeCommit() : null;
                return offerFinalizing(job, TaskKind.COMMIT, Ledger.Stage.CLEANUPS);
            }
            case CLEANUPS -> {
                Job job = ledger.offeredInStage < policy.cleanupPerCycle() ? gate.takeCleanup() : null;
                return offerFinalizing(job, TaskKind.CLEANUP, Ledger.Stage.JOBS);
            }
            case JOBS -> {
                return offerNextJob();
            }
        }
        throw new IllegalStateException("no stage " + ledger.stage);
    }

    private boolean offerFinalizing(Job job, TaskKind kind, Ledger.Stage next) {
        if (job == null) {
            ledger.enter(next);
            if (next == Ledger.Stage.JOBS) {
                pool.turns().beginRound();
            }
            return false;
        }
        ledger.offeredInStage++;
        ledger.changed = true;
        assign(job, kind, -1, 0, job.finalizingReadyAt, job.finalizingTrace);
        job.finalizingTrace = null;
        return true;
    }

    private boolean offerNextJob() {
        Job job = pool.turns().peek();
        if (job == null) {
            pool.turns().endRound();
            ledger.enter(Ledger.Stage.COMMITS);
            return false;
        }
        TaskQueue queue = job.queue;
        if (queue.size() == 0) {
            pool.retire(job);
            return false;
        }
        assign(job, TaskKind.TASK, queue.headIndex(), queue.headAttempt(), queue.headReadyAt(), queue.headTrace());
        queue.pop();
        pool.active().grow(-1);
        pool.turns().advance();
        jobs.touch(job);
        return true;
    }

    private void assign(Job job, TaskKind kind, int index, int attempt, long readyAt, String trace) {
        decisions.assign(new Assignment(
                idBase + ledger.nextAssignment(),
                job.group,
                job.id,
                kind,
                index,
                attempt,
                ledger.session,
                readyAt,
                trace));
    }

    /** Writes what changed to the storage. */
    public void flush() {
        flush(true);
    }

    /**
     * The same.
     *
     * @param age whether to write that time has passed if nothing else changed of the ledger. If that is lost, gates and
     *     memories hold longer by as much, at most, and never shorter (S9)
     */
    public void flush(boolean age) {
        jobs.flush(writer);
        pool.flush(writer);
        ledger.moveTo(pool.turns().cursor());
        if (ledger.changed || garbage.changed || (age && ledger.aged)) {
            ledger.changed = false;
            ledger.aged = false;
            garbage.changed = false;
            storage.put(Keys.LEDGER, ledger.write(writer));
        }
    }
}
