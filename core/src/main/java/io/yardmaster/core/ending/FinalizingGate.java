package io.yardmaster.core.ending;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.jobs.RunTraces;
import io.yardmaster.core.state.Fifo;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.Policy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Holds the finalizing tasks that wait, and the gates that keep out late events about their jobs (S8-S10). */
public final class FinalizingGate {
    private static final int LIFTED_PER_TICK = 1_000;

    private final Policy policy;
    private final JobTable jobs;
    private final EndingQueues queues;
    private final AgeClock clock;
    private final Ledger ledger;
    private final Consumer<Decision> decisions;

    public FinalizingGate(
            Policy policy,
            JobTable jobs,
            EndingQueues queues,
            AgeClock clock,
            Ledger ledger,
            Consumer<Decision> decisions) {
        this.policy = policy;
        this.jobs = jobs;
        this.queues = queues;
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
        job.commitPlace = queues.commits().append(job.id, event.readyAt());
        job.finalizingReadyAt = event.readyAt();
        job.finalizingTrace = RunTraces.kept(event.trace());
    }

    private static boolean isClosed(Job job) {
        return job.phase == Job.Phase.FINALIZING;
    }

    /** Closes the gate and queues the job's cleanup task, if it has one; also after a commit, but only once. */
    public void cleanup(Job job, Pool pool, Event.CleanupReady event) {
        if (job.cleanupSeen) {
            drop(job, EventDropReason.FINALIZING, 1);
            return;
        }
        close(job, pool);
        if (job.commitPlace != Job.NOWHERE) {
            queues.commits().remove(job.commitPlace);
            job.commitPlace = Job.NOWHERE;
            drop(job, EventDropReason.DISCARDED, 1);
        }
        job.cleanupSeen = true;
        job.finalizingTrace = null;
        if (event.hasTask()) {
            job.cleanupPlace = queues.cleanups().append(job.id, event.readyAt());
            job.finalizingReadyAt = event.readyAt();
            job.finalizingTrace = RunTraces.kept(event.trace());
        } else {
            startExpiry(job);
        }
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
        long discarded = job.queue.size();
        pool.dismiss(job);
        pool.active().giveUpSlot(job);
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

    /** Lifts up to a thousand gates whose time is over, and forgets their jobs. */
    public void lift() {
        long expiry = policy.finalizingExpiry().toMillis();
        for (int lifted = 0; lifted < LIFTED_PER_TICK; lifted++) {
            Fifo.Entry oldest = queues.gates().peek();
            if (oldest == null || !clock.passed(expiry, oldest.stamp())) {
                return;
            }
            queues.gates().remove(oldest.place());
            ledger.touch();
            jobs.forget(jobs.get(oldest.job()));
        }
    }
}
