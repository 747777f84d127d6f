package io.yardmaster.core.ending;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.jobs.RunTraces;
import io.yardmaster.core.limits.Limits;
import io.yardmaster.core.state.Fifo;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskKind;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Holds the finalizing tasks that wait, and the gates that keep out late events about their jobs (S8-S10). */
public final class FinalizingGate {
    private static final int LIFTED_PER_TICK = 1_000;

    private final Policy policy;
    private final JobTable jobs;
    private final EndingQueues queues;
    private final Limits limits;
    private final AgeClock clock;
    private final Ledger ledger;
    private final Consumer<Decision> decisions;

    public FinalizingGate(
            Policy policy,
            JobTable jobs,
            EndingQueues queues,
            Limits limits,
            AgeClock clock,
            Ledger ledger,
            Consumer<Decision> decisions) {
        this.policy = policy;
        this.jobs = jobs;
        this.queues = queues;
        this.limits = limits;
        this.clock = clock;
        this.ledger = ledger;
        this.decisions = decisions;
    }

    /** Closes the gate and queues the job's commit task, unless the gate was closed before. */
    public void commit(Job job, Pool pool, Event.CommitReady event) {
        if (isClosed(job)) {
            drop(job, EventDropReason.FINALIZING, 1);
            return;
        }
        close(job, pool);
        job.finalizingReadyAt = event.readyAt();
        job.finalizingTrace = RunTraces.kept(event.trace());
        queue(job, pool, TaskKind.COMMIT);
        reached(job, JobMilestone.COMMITTING);
    }

    /** Lets the job's finalizing task wait to be offered, or for the end of the job's pause. */
    private void queue(Job job, Pool pool, TaskKind kind) {
        if (job.isPaused()) {
            job.held = kind;
            pool.paused().growFinalizing(1);
        } else if (kind == TaskKind.COMMIT) {
            job.commitPlace = queues.commits().append(job.id, job.finalizingReadyAt);
        } else {
            job.cleanupPlace = queues.cleanups().append(job.id, job.finalizingReadyAt);
        }
    }

    /** Takes the finalizing task that waits out of its queue, and returns its kind; null if none waits. */
    private @Nullable TaskKind withdraw(Job job, Pool pool) {
        TaskKind kind = job.held;
        if (kind != null) {
            job.held = null;
            pool.paused().growFinalizing(-1);
        } else if (job.commitPlace != Job.NOWHERE) {
            queues.commits().remove(job.commitPlace);
            job.commitPlace = Job.NOWHERE;
            kind = TaskKind.COMMIT;
        } else if (job.cleanupPlace != Job.NOWHERE) {
            queues.cleanups().remove(job.cleanupPlace);
            job.cleanupPlace = Job.NOWHERE;
            kind = TaskKind.CLEANUP;
        }
        return kind;
    }

    /** Closes the gate and queues the job's cleanup task; one without a task has ended, and so has its pause. Only once for each job. */
    public void cleanup(Job job, Pool pool, Event.CleanupReady event) {
        if (job.cleanupSeen) {
            drop(job, EventDropReason.FINALIZING, 1);
            return;
        }
        close(job, pool);
        if (withdraw(job, pool) != null) {
            drop(job, EventDropReason.DISCARDED, 1);
        }
        job.cleanupSeen = true;
        job.finalizingTrace = null;
        if (event.hasTask()) {
            job.finalizingReadyAt = event.readyAt();
            job.finalizingTrace = RunTraces.kept(event.trace());
            queue(job, pool, TaskKind.CLEANUP);
            reached(job, JobMilestone.CLEANING_UP);
        } else {
            if (job.isPaused()) {
                resume(job, pool);
            }
            startExpiry(job);
            reached(job, JobMilestone.ENDED);
        }
    }

    /** Closes the gate of a job that was cancelled; its cleanup task is still offered if it waits (O4). */
    void cancel(Job job, Pool pool) {
        close(job, pool);
        if (job.isPaused()) {
            resume(job, pool);
        }
        if (job.finalizingTask() == TaskKind.CLEANUP) {
            return;
        }
        if (withdraw(job, pool) != null) {
            job.finalizingTrace = null;
            drop(job, EventDropReason.DISCARDED, 1);
        }
        startExpiry(job);
    }

    /** Keeps the job's tasks of all kinds from being offered (O5). */
    void pause(Job job, Pool pool) {
        TaskKind waiting = withdraw(job, pool);
        limits.withdraw(job, pool);
        pool.pause(job, clock.age());
        if (waiting != null) {
            queue(job, pool, waiting);
        }
    }

    /** Ends a pause. */
    void resume(Job job, Pool pool) {
        TaskKind waiting = withdraw(job, pool);
        pool.resume(job);
        limits.enlist(job);
        if (waiting != null) {
            queue(job, pool, waiting);
        }
    }

    /**
     * Queues a finalizing task again that an execution manager has refused (O7).
     *
     * @return false if it is not to be offered any more: another one took its place, or its commit was cancelled
     */
    public boolean offerAgain(Job job, Pool pool, TaskKind kind, long readyAt, @Nullable String trace) {
        boolean isLatest = kind == TaskKind.CLEANUP ? job.cleanupSeen : !job.cleanupSeen && !job.cancelled;
        if (!isClosed(job) || job.waitsToBeFinalized() || !isLatest) {
            return false;
        }
        close(job, pool);
        job.finalizingReadyAt = readyAt;
        job.finalizingTrace = RunTraces.kept(trace);
        queue(job, pool, kind);
        return true;
    }

    private static boolean isClosed(Job job) {
        return job.phase == Job.Phase.FINALIZING;
    }

    private void close(Job job, Pool pool) {
        jobs.touch(job);
        ledger.touch();
        if (isClosed(job)) {
            if (job.gatePlace != Job.NOWHERE) {
                queues.gates().remove(job.gatePlace);
                job.gatePlace = Job.NOWHERE;
            }
            return;
        }
        limits.withdraw(job, pool);
        long discarded = job.waiting();
        if (job.isPaused()) {
            pool.paused().shrink(discarded);
            pool.paused().closeGate();
        }
        pool.dismiss(job);
        pool.active().giveUpSlot(job);
        limits.discard(job);
        job.discardTasks();
        if (job.memoryPlace != Job.NOWHERE) {
            queues.memories().remove(job.memoryPlace);
            job.memoryPlace = Job.NOWHERE;
        }
        job.phase = Job.Phase.FINALIZING;
        if (discarded > 0) {
            drop(job, EventDropReason.DISCARDED, discarded);
        }
        pool.admitPending();
    }

    private void reached(Job job, JobMilestone milestone) {
        decisions.accept(new Decision.Reached(milestone, job.id, job.group));
    }

    private void drop(Job job, EventDropReason reason, long tasks) {
        decisions.accept(new Decision.Dropped(reason, job.id, tasks));
    }

    /** Takes the next job whose commit task waits; null if there is none. */
    public @Nullable Job takeCommit() {
        Job job = take(queues.commits());
        if (job != null) {
            job.commitPlace = Job.NOWHERE;
        }
        return job;
    }

    /** Takes the next job whose cleanup task waits; null if there is none. */
    public @Nullable Job takeCleanup() {
        Job job = take(queues.cleanups());
        if (job != null) {
            job.cleanupPlace = Job.NOWHERE;
        }
        return job;
    }

    private @Nullable Job take(Fifo queue) {
        Fifo.Entry entry = queue.peek();
        if (entry == null) {
            return null;
        }
        Job job = jobs.get(entry.job());
        queue.remove(entry.place());
        startExpiry(job);
        return job;
    }

    /** Starts the gate's time, when the finalizing task is dispatched or the job has ended without one. */
    private void startExpiry(Job job) {
        job.gatePlace = queues.gates().append(job.id, clock.age());
        ledger.touch();
        jobs.touch(job);
    }

    /** Lifts up to a thousand gates whose time is over, and forgets their jobs; the time of a paused job, and of one whose graph has not ended, begins again. */
    public void lift() {
        long expiry = policy.finalizingExpiry().toMillis();
        for (int lifted = 0; lifted < LIFTED_PER_TICK; lifted++) {
            Fifo.Entry oldest = queues.gates().peek();
            if (oldest == null || !clock.passed(expiry, oldest.stamp())) {
                return;
            }
            queues.gates().remove(oldest.place());
            ledger.touch();
            Job job = jobs.get(oldest.job());
            if (job.isPaused() || job.hasGraph) {
                startExpiry(job);
            } else {
                jobs.forget(job);
            }
        }
    }
}
