package io.yardmaster.core.outcomes;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.ending.DedupMemory;
import io.yardmaster.core.ending.FinalizingGate;
import io.yardmaster.core.jobs.GraphTasks;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.jobs.Ranks;
import io.yardmaster.core.jobs.RunTraces;
import io.yardmaster.core.limits.Limits;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.OutcomeDropReason;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.Run;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts each outcome once, and offers refused tasks again (O1, O7). */
public final class Outcomes {
    private static final int OFFERED_AGAIN_PER_TICK = 1_000;

    private final JobTable jobs;
    private final FinalizingGate gate;
    private final DedupMemory memory;
    private final Limits limits;
    private final Ledger ledger;
    private final long idBase;
    private final Consumer<Decision> decisions;
    private final EndedAssignments ended;
    private final RefusedTasks refused;
    private final AwaitedTasks awaited;
    private final AgeClock clock;

    /** @param idBase the ids of assignments are their numbers plus this */
    public Outcomes(
            Policy policy,
            Storage storage,
            Keys keys,
            JobTable jobs,
            FinalizingGate gate,
            DedupMemory memory,
            Limits limits,
            AgeClock clock,
            Ledger ledger,
            long idBase,
            Consumer<Decision> decisions) {
        this.jobs = jobs;
        this.gate = gate;
        this.memory = memory;
        this.limits = limits;
        this.ledger = ledger;
        this.idBase = idBase;
        this.decisions = decisions;
        this.clock = clock;
        this.ended = new EndedAssignments(
                storage, keys, ledger, clock, policy.dedupExpiry().toMillis());
        this.refused = new RefusedTasks(
                storage, keys, ledger, clock, policy.refusedBackoff().toMillis());
        this.awaited = new AwaitedTasks(storage, keys, ledger, jobs, ended, idBase);
    }

    /** Returns whether an outcome of this assignment was counted in this session. */
    public boolean hasEnded(long id) {
        long number = id - idBase;
        return ended.isKnown(number) && ended.contains(number);
    }

    /** Refused tasks that wait for the end of their back-off. */
    public long refusedTasks() {
        return refused.size();
    }

    /** The dispatched tasks of graphs that have not ended. */
    public AwaitedTasks awaited() {
        return awaited;
    }

    /** Passes on that these assignments have ended well, those that a graph waits for (O3). */
    public void unreported(long[] ids, Consumer<Event.AssignmentEnded> end) {
        awaited.end(ids, clock.timeOf(clock.age()), end);
    }

    /** Counts an outcome, or drops it with the reason. Returns its job if it counts; otherwise null. */
    public @Nullable Job apply(Event.AssignmentEnded outcome) {
        long number = outcome.id() - idBase;
        // It has ended also if its outcome is too late to count, or its job was forgotten.
        boolean isOfAnother = outcome.session() == ledger.session() && !limits.release(number, outcome);
        boolean isKnown = ended.isKnown(number);
        OutcomeDropReason reason = check(outcome, number, isKnown);
        Job job = reason == null ? jobs.find(outcome.job()) : null;
        if (reason == null) {
            reason = job == null ? OutcomeDropReason.UNKNOWN_JOB : check(outcome, job, isKnown);
        }
        if (reason == null && isOfAnother) {
            reason = OutcomeDropReason.NOT_OUT;
        }
        if (reason != null || job == null) {
            decisions.accept(new Decision.OutcomeDropped(Objects.requireNonNull(reason), outcome.job()));
            return null;
        }
        if (isKnown) {
            ended.add(number);
        }
        count(outcome, job);
        decisions.accept(new Decision.Ended(outcome));
        return job;
    }

    private void count(Event.AssignmentEnded outcome, Job job) {
        job.ends.count(outcome.end());
        jobs.touch(job);
        if (job.phase != Job.Phase.FINALIZING && !job.hasGraph) {
            memory.remember(job);
        }
        if (outcome.end() == TaskEnd.REFUSED) {
            refused.add(outcome);
        }
    }

    private @Nullable OutcomeDropReason check(Event.AssignmentEnded outcome, long number, boolean isKnown) {
        if (ledger.isOver(outcome.session())) {
            return OutcomeDropReason.OLD_SESSION;
        }
        // The scheduler makes assignments in its own session alone, so it made none in a higher one.
        if (outcome.session() > ledger.session() || (!isKnown && !ended.hasExpired(number))) {
            return OutcomeDropReason.NOT_OUT;
        }
        return isKnown && ended.contains(number) ? OutcomeDropReason.REPEATED : null;
    }

    private static @Nullable OutcomeDropReason check(Event.AssignmentEnded outcome, Job job, boolean isKnown) {
        if (job.group != outcome.group()) {
            return OutcomeDropReason.WRONG_GROUP;
        }
        if (!mayBeOutstanding(outcome, job) || (!isKnown && !isAwaited(outcome, job))) {
            return OutcomeDropReason.NOT_OUT;
        }
        return null;
    }

    /** A graph waits for its tasks however long they run, and knows which have ended. */
    private static boolean isAwaited(Event.AssignmentEnded outcome, Job job) {
        return job.graph != null
                && (outcome.kind() != TaskKind.TASK || job.graph.awaits(outcome.taskIndex(), outcome.attempt()));
    }

    /** The attempts of a job are forgotten when its gate is closed, although its regular tasks may still run. */
    private static boolean mayBeOutstanding(Event.AssignmentEnded outcome, Job job) {
        boolean finalizing = job.phase == Job.Phase.FINALIZING;
        return outcome.kind() == TaskKind.TASK
                ? finalizing || hasSeen(job, outcome.taskIndex(), outcome.attempt())
                : finalizing;
    }

    private static boolean hasSeen(Job job, int index, int attempt) {
        return (job.graph != null && job.graph.hasSeen(index, attempt)) || job.seen.contains(index, attempt);
    }

    /** Offers up to a thousand refused tasks again, behind the other tasks of their jobs, and forgets old assignments. */
    public void tick(Pool pool) {
        ended.tick();
        for (int offered = 0; offered < OFFERED_AGAIN_PER_TICK; offered++) {
            RefusedTasks.Refused task = refused.poll();
            if (task == null) {
                return;
            }
            Job job = jobs.find(task.job());
            if (job == null || !offerAgain(task, job, pool)) {
                decisions.accept(new Decision.Dropped(EventDropReason.DISCARDED, task.job(), 1));
            }
        }
    }

    private boolean offerAgain(RefusedTasks.Refused task, Job job, Pool pool) {
        if (task.kind() != TaskKind.TASK) {
            return gate.offerAgain(job, pool, task.kind(), task.readyAt(), task.trace());
        }
        if (job.phase == Job.Phase.FINALIZING
                || (job.graph != null && !job.graph.offersAgain(task.index(), task.attempt()))) {
            return false;
        }
        if (!job.hasGraph) {
            memory.remember(job);
        }
        jobs.touch(job);
        GraphTasks graph = job.graph;
        Map<String, Long> needs =
                graph == null ? Map.of() : graph.stageOf(task.index()).holds();
        int rank = graph == null ? Ranks.NORMAL : graph.rankOf(task.index());
        List<Run> runs = graph == null
                ? List.of(new Run(task.index(), 1, task.attempt()))
                : graph.offeredWith(task.index(), task.attempt(), task.placed());
        String trace = RunTraces.kept(task.trace());
        for (Run run : runs) {
            limits.add(job, needs, rank, run.first(), run.count(), run.attempt(), task.readyAt(), trace, pool);
        }
        return true;
    }

    /** Writes all changes to the storage, but for those of jobs and of the ledger. */
    public void flush(StateWriter writer) {
        awaited.flush();
        ended.flush(writer);
    }
}
