package io.yardmaster.core;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.CommandDropReason;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.OutcomeDropReason;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The rules, implemented with lists and without regard for cost. It behaves as if it were flushed after each call. */
public final class NaiveScheduler implements Subject {
    private record Stamped(NaiveJob job, long age) {}

    private record Refused(Event.AssignmentEnded task, long age) {}

    private final Policy policy;
    private final Consumer<Decision> decisions;
    private final List<Long> tolerances = new ArrayList<>();
    private final List<DispatchedTask> assignments = new ArrayList<>();

    private long session = -1;
    private long ids;
    private long age;
    private Long latestTick;

    private Map<Long, NaiveJob> jobs;
    private List<NaiveJob> commits;
    private List<NaiveJob> cleanups;
    private List<Stamped> gates;
    private List<Stamped> memories;
    /** The assignments of this session that have not ended. */
    private Set<Long> out;
    /** The assignments that have ended. */
    private Set<Long> ended;

    private List<Refused> refused;
    private NaivePool pool;
    private TaskKind stage;
    private int offeredInStage;
    private NaiveWeights weights = NaiveWeights.EVEN;
    private LivePolicy live = LivePolicy.NONE;

    public NaiveScheduler(Policy policy, Consumer<Decision> decisions) {
        this.policy = policy;
        this.decisions = decisions;
        forgetAll();
    }

    private void forgetAll() {
        jobs = new LinkedHashMap<>();
        commits = new ArrayList<>();
        cleanups = new ArrayList<>();
        gates = new ArrayList<>();
        memories = new ArrayList<>();
        out = new HashSet<>();
        ended = new HashSet<>();
        refused = new ArrayList<>();
        pool = new NaivePool(policy, decisions);
        pool.weigh(weights);
        enter(TaskKind.COMMIT);
    }

    Map<Long, NaiveJob> jobs() {
        return jobs;
    }

    NaivePool pool() {
        return pool;
    }

    int refusedTasks() {
        return refused.size();
    }

    @Override
    public long session() {
        return session;
    }

    @Override
    public List<DispatchedTask> assignments() {
        return assignments;
    }

    /** The error that the ready-at of each assignment may have, in ms. */
    List<Long> tolerances() {
        return tolerances;
    }

    @Override
    public void apply(Event event) {
        if (event instanceof Event.SessionBegan began) {
            follow(began.session());
        } else if (event instanceof Event.TasksReady ready) {
            apply(ready);
        } else if (event instanceof Event.CommitReady commit) {
            apply(commit);
        } else if (event instanceof Event.CleanupReady cleanup) {
            apply(cleanup);
        } else if (event instanceof Event.Commanded commanded) {
            apply(commanded);
        } else if (event instanceof Event.AssignmentEnded outcome) {
            OutcomeDropReason dropped = count(outcome);
            decisions.accept(
                    dropped == null
                            ? new Decision.Ended(outcome)
                            : new Decision.OutcomeDropped(dropped, outcome.job()));
        }
        pool.flush();
    }

    private OutcomeDropReason count(Event.AssignmentEnded outcome) {
        if (outcome.session() < session) {
            return OutcomeDropReason.OLD_SESSION;
        }
        if (ended.contains(outcome.id()) && outcome.session() == session) {
            return OutcomeDropReason.REPEATED;
        }
        if (outcome.session() > session || !out.contains(outcome.id())) {
            return OutcomeDropReason.NOT_OUT;
        }
        NaiveJob job = jobs.get(outcome.job());
        if (job == null) {
            return OutcomeDropReason.UNKNOWN_JOB;
        }
        if (job.group != outcome.group()) {
            return OutcomeDropReason.WRONG_GROUP;
        }
        boolean regular = outcome.kind() == TaskKind.TASK;
        if (!job.gated && (!regular || job.attempts.getOrDefault(outcome.taskIndex(), -1) < outcome.attempt())) {
            return OutcomeDropReason.NOT_OUT;
        }
        out.remove(outcome.id());
        ended.add(outcome.id());
        job.ends = job.ends.with(outcome.end());
        remember(job);
        if (outcome.end() == TaskEnd.REFUSED) {
            refused.add(new Refused(outcome, age));
        }
        return null;
    }

    private void remember(NaiveJob job) {
        if (job.gated) {
            return;
        }
        job.latestEvent = age;
        if (!job.remembered) {
            job.remembered = true;
            memories.add(new Stamped(job, age));
        }
    }

    private boolean offerAgain(Event.AssignmentEnded task) {
        NaiveJob job = jobs.get(task.job());
        if (job == null) {
            return false;
        }
        if (task.kind() == TaskKind.TASK) {
            if (job.gated) {
                return false;
            }
            job.bufferAgain(task.taskIndex(), task.attempt(), task.endedAt(), task.trace());
            remember(job);
            if (!job.paused && !pool.contains(job)) {
                pool.admit(job);
            }
            return true;
        }
        boolean waits = commits.contains(job) || cleanups.contains(job) || job.held != null;
        boolean isLatest = task.kind() == TaskKind.CLEANUP ? job.cleanupSeen : !job.cleanupSeen && !job.cancelled;
        if (!job.gated || waits || !isLatest) {
            return false;
        }
        gates.removeIf(gate -> gate.job() == job);
        job.finalizingReadyAt = task.endedAt();
        job.finalizingTrace = task.trace();
        queue(job, task.kind());
        return true;
    }

    private void apply(Event.Commanded event) {
        CommandDropReason dropped = carryOut(event);
        NaiveJob job = jobs.get(event.job());
        decisions.accept(
                dropped == null
                        ? new Decision.Obeyed(event.command(), job.id, job.group, job.priority)
                        : new Decision.CommandDropped(dropped, event.command(), event.job()));
    }

    private CommandDropReason carryOut(Event.Commanded event) {
        if (event.session() != -1 && event.session() < session) {
            return CommandDropReason.OLD_SESSION;
        }
        follow(event.session());
        NaiveJob job = jobs.get(event.job());
        if (job == null) {
            return CommandDropReason.UNKNOWN_JOB;
        }
        if (job.cleanupSeen && !cleanups.contains(job) && job.held == null) {
            return CommandDropReason.ENDED;
        }
        return switch (event.command()) {
            case CANCEL -> cancel(job);
            case PAUSE -> pause(job);
            case RESUME -> resume(job);
            case SET_PRIORITY -> prioritize(job, event.priority());
        };
    }

    private CommandDropReason prioritize(NaiveJob job, int priority) {
        if (job.priority == priority) {
            return CommandDropReason.NO_CHANGE;
        }
        pool.prioritize(job, priority);
        return null;
    }

    private CommandDropReason cancel(NaiveJob job) {
        if (job.cancelled) {
            return CommandDropReason.NO_CHANGE;
        }
        close(job);
        job.cancelled = true;
        job.paused = false;
        if (commits.remove(job) || job.held == TaskKind.COMMIT) {
            job.held = null;
            decisions.accept(new Decision.Dropped(EventDropReason.DISCARDED, job.id, 1));
        }
        if (job.held == TaskKind.CLEANUP) {
            job.held = null;
            cleanups.add(job);
        } else if (!cleanups.contains(job)) {
            gates.add(new Stamped(job, age));
        }
        return null;
    }

    private CommandDropReason pause(NaiveJob job) {
        if (job.paused) {
            return CommandDropReason.NO_CHANGE;
        }
        job.paused = true;
        if (commits.remove(job)) {
            job.held = TaskKind.COMMIT;
        } else if (cleanups.remove(job)) {
            job.held = TaskKind.CLEANUP;
        }
        pool.takeOut(job);
        return null;
    }

    private CommandDropReason resume(NaiveJob job) {
        if (!job.paused) {
            return CommandDropReason.NO_CHANGE;
        }
        job.paused = false;
        if (job.held != null) {
            queue(job, job.held);
            job.held = null;
        } else if (!job.buffered.isEmpty()) {
            pool.admit(job);
        }
        return null;
    }

    private void queue(NaiveJob job, TaskKind kind) {
        if (job.paused) {
            job.held = kind;
        } else {
            (kind == TaskKind.COMMIT ? commits : cleanups).add(job);
        }
    }

    private void follow(long newSession) {
        if (newSession > session) {
            session = newSession;
            forgetAll();
            decisions.accept(new Decision.SessionBegan(newSession));
        }
    }

    private NaiveJob admitted(Event.OfJob event, int tasks) {
        long id = event.job();
        if (event.session() < session) {
            decisions.accept(new Decision.Dropped(EventDropReason.OLD_SESSION, id, tasks));
            return null;
        }
        follow(event.session());
        NaiveJob job = jobs.computeIfAbsent(id, i -> {
            decisions.accept(new Decision.Reached(JobMilestone.BEGAN, id, event.group()));
            return new NaiveJob(i, event.group());
        });
        if (job.group != event.group()) {
            decisions.accept(new Decision.Dropped(EventDropReason.WRONG_GROUP, id, tasks));
            return null;
        }
        return job;
    }

    private void apply(Event.TasksReady event) {
        long id = event.job();
        int[] indices = event.indices();
        NaiveJob job = admitted(event, indices.length);
        if (job == null) {
            return;
        }
        if (job.gated) {
            decisions.accept(new Decision.Dropped(EventDropReason.FINALIZING, id, indices.length));
            return;
        }
        int dropped = 0;
        for (int index : indices) {
            if (event.attempt() > job.attempts.getOrDefault(index, -1)) {
                job.buffer(index, event.attempt(), event.readyAt(), event.trace());
            } else {
                dropped++;
            }
        }
        if (dropped > 0) {
            decisions.accept(new Decision.Dropped(EventDropReason.DUPLICATE, id, dropped));
        }
        remember(job);
        if (!job.buffered.isEmpty() && !job.paused && !pool.contains(job)) {
            pool.admit(job);
        }
    }

    private void apply(Event.CommitReady event) {
        NaiveJob job = admitted(event, 1);
        if (job == null) {
            return;
        }
        if (job.gated) {
            decisions.accept(new Decision.Dropped(EventDropReason.FINALIZING, event.job(), 1));
            return;
        }
        close(job);
        job.finalizingReadyAt = event.readyAt();
        job.finalizingTrace = event.trace();
        queue(job, TaskKind.COMMIT);
        decisions.accept(new Decision.Reached(JobMilestone.COMMITTING, job.id, job.group));
    }

    private void apply(Event.CleanupReady event) {
        NaiveJob job = admitted(event, 1);
        if (job == null) {
            return;
        }
        if (job.cleanupSeen) {
            decisions.accept(new Decision.Dropped(EventDropReason.FINALIZING, event.job(), 1));
            return;
        }
        close(job);
        if (commits.remove(job) || job.held == TaskKind.COMMIT) {
            job.held = null;
            decisions.accept(new Decision.Dropped(EventDropReason.DISCARDED, event.job(), 1));
        }
        job.cleanupSeen = true;
        job.finalizingReadyAt = event.readyAt();
        job.finalizingTrace = event.trace();
        if (event.hasTask()) {
            queue(job, TaskKind.CLEANUP);
            decisions.accept(new Decision.Reached(JobMilestone.CLEANING_UP, job.id, job.group));
        } else {
            job.paused = false;
            gates.add(new Stamped(job, age));
            decisions.accept(new Decision.Reached(JobMilestone.ENDED, job.id, job.group));
        }
    }

    private void close(NaiveJob job) {
        gates.removeIf(gate -> gate.job() == job);
        memories.removeIf(memory -> memory.job() == job);
        if (!job.gated && !job.buffered.isEmpty()) {
            decisions.accept(new Decision.Dropped(EventDropReason.DISCARDED, job.id, job.buffered.size()));
        }
        job.gated = true;
        job.buffered.clear();
        pool.takeOut(job);
    }

    @Override
    public void follow(LivePolicy newLive) {
        live = newLive;
    }

    @Override
    public int tick(long now, Budget budget) {
        weights = new NaiveWeights(policy.fairness().isByWeight() ? live.groupWeights() : Map.of(), budget.weights());
        pool.weigh(weights);
        grow(now);
        while (!gates.isEmpty()
                && passed(policy.finalizingExpiry().toMillis(), gates.get(0).age())) {
            NaiveJob job = gates.remove(0).job();
            if (job.paused) {
                gates.add(new Stamped(job, age));
            } else {
                jobs.remove(job.id);
            }
        }
        while (!memories.isEmpty()
                && passed(policy.dedupExpiry().toMillis(), memories.get(0).age())) {
            forgetIfSilent(memories.remove(0).job());
        }
        while (!refused.isEmpty()
                && passed(policy.refusedBackoff().toMillis(), refused.get(0).age())) {
            Event.AssignmentEnded task = refused.remove(0).task();
            if (!offerAgain(task)) {
                decisions.accept(new Decision.Dropped(EventDropReason.DISCARDED, task.job(), 1));
            }
        }
        int offered = 0;
        while (offered < budget.assignments() && somethingToOffer()) {
            offered += takeTurn() ? 1 : 0;
        }
        pool.flush();
        return offered;
    }

    private long shortestExpiry() {
        return Math.min(
                policy.finalizingExpiry().toMillis(), policy.dedupExpiry().toMillis());
    }

    private long resolution() {
        return Math.max(1, Math.min(1_000, shortestExpiry() / 10));
    }

    private void grow(long now) {
        if (latestTick == null || now < latestTick) {
            latestTick = now;
        } else if (now - latestTick >= resolution()) {
            age += Math.min(now - latestTick, Math.max(1, Math.min(60_000, shortestExpiry() / 4)));
            latestTick = now;
        }
    }

    private boolean passed(long expiry, long since) {
        return age - since >= expiry + resolution();
    }

    private void forgetIfSilent(NaiveJob job) {
        if (!job.buffered.isEmpty()
                || job.paused
                || !passed(policy.dedupExpiry().toMillis(), job.latestEvent)) {
            memories.add(new Stamped(job, age));
            return;
        }
        if (pool.contains(job)) {
            pool.retire(job);
        }
        jobs.remove(job.id);
    }

    private boolean somethingToOffer() {
        return !commits.isEmpty() || !cleanups.isEmpty() || pool.hasSomething();
    }

    private void enter(TaskKind next) {
        stage = next;
        offeredInStage = 0;
    }

    private boolean takeTurn() {
        return switch (stage) {
            case COMMIT -> offerFinalizing(commits, policy.commitPerCycle(), TaskKind.CLEANUP);
            case CLEANUP -> offerFinalizing(cleanups, policy.cleanupPerCycle(), TaskKind.TASK);
            case TASK -> offerTask();
        };
    }

    private boolean offerFinalizing(List<NaiveJob> queue, int perCycle, TaskKind next) {
        if (queue.isEmpty() || offeredInStage == perCycle) {
            enter(next);
            if (next == TaskKind.TASK) {
                pool.beginRound();
            }
            return false;
        }
        offeredInStage++;
        NaiveJob job = queue.remove(0);
        gates.add(new Stamped(job, age));
        assign(job, stage, new NaiveJob.Task(-1, 0, job.finalizingReadyAt, 0, job.finalizingTrace));
        return true;
    }

    private boolean offerTask() {
        NaiveJob job = pool.next();
        if (job == null) {
            pool.endRound();
            enter(TaskKind.COMMIT);
            return false;
        }
        if (job.buffered.isEmpty()) {
            pool.retire(job);
            return false;
        }
        assign(job, TaskKind.TASK, job.buffered.remove(0));
        pool.takeTurn(job);
        return true;
    }

    private void assign(NaiveJob job, TaskKind kind, NaiveJob.Task task) {
        tolerances.add(task.tolerance());
        DispatchedTask made = new DispatchedTask(
                ++ids,
                job.group,
                job.id,
                kind,
                task.index(),
                task.attempt(),
                session,
                task.readyAt(),
                null,
                task.trace());
        out.add(made.id());
        assignments.add(made);
        decisions.accept(made);
    }
}
