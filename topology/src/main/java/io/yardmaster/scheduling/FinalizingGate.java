package io.yardmaster.scheduling;

/** Jobs that are being finalized or have ended: their last tasks, and the gate that keeps out what comes late (S8-S10). */
final class FinalizingGate {
    private static final int LIFTED_PER_TICK = 1_000;

    private final Policy policy;
    private final JobTable jobs;
    private final Ledger ledger;
    private final Decisions decisions;

    FinalizingGate(Policy policy, JobTable jobs, Ledger ledger, Decisions decisions) {
        this.policy = policy;
        this.jobs = jobs;
        this.ledger = ledger;
        this.decisions = decisions;
    }

    /** Whether a commit event has an effect on this job. */
    static boolean takesCommit(Job job) {
        return job.phase != Job.Phase.FINALIZING;
    }

    /** Whether a cleanup event has an effect on this job: also after a commit, but only once. */
    static boolean takesCleanup(Job job) {
        return !job.cleanupSeen;
    }

    void commit(Job job, Pool pool, long readyAt, String trace) {
        close(job, pool);
        job.commitPlace = ledger.commits.append(job.id, readyAt);
        job.finalizingReadyAt = readyAt;
        job.finalizingTrace = trace;
    }

    void cleanup(Job job, Pool pool, boolean hasTask, long readyAt, String trace) {
        close(job, pool);
        if (job.commitPlace != Job.NOWHERE) {
            ledger.commits.remove(job.commitPlace);
            job.commitPlace = Job.NOWHERE;
            decisions.drop(DropReason.DISCARDED, job.id, 1);
        }
        job.cleanupSeen = true;
        job.finalizingTrace = null;
        if (hasTask) {
            job.cleanupPlace = ledger.cleanups.append(job.id, readyAt);
            job.finalizingReadyAt = readyAt;
            job.finalizingTrace = trace;
        } else {
            startExpiry(job);
        }
    }

    private void close(Job job, Pool pool) {
        jobs.touch(job);
        ledger.changed = true;
        if (job.phase == Job.Phase.FINALIZING) {
            if (job.gatePlace != Job.NOWHERE) {
                ledger.gates.remove(job.gatePlace);
                job.gatePlace = Job.NOWHERE;
            }
            return;
        }
        long discarded = job.queue.size();
        pool.dismiss(job);
        pool.active().giveUpSlot(job);
        job.discardTasks();
        if (job.memoryPlace != Job.NOWHERE) {
            ledger.memories.remove(job.memoryPlace);
            job.memoryPlace = Job.NOWHERE;
        }
        job.phase = Job.Phase.FINALIZING;
        if (discarded > 0) {
            decisions.drop(DropReason.DISCARDED, job.id, discarded);
        }
        pool.admitWaiting();
    }

    /** The next commit task, which is thereby taken; null if none waits. */
    Job takeCommit() {
        Fifo.Entry entry = ledger.commits.peek();
        if (entry == null) {
            return null;
        }
        Job job = jobs.get(entry.job());
        ledger.commits.remove(entry.place());
        job.commitPlace = Job.NOWHERE;
        startExpiry(job);
        return job;
    }

    /** The next cleanup task, which is thereby taken; null if none waits. */
    Job takeCleanup() {
        Fifo.Entry entry = ledger.cleanups.peek();
        if (entry == null) {
            return null;
        }
        Job job = jobs.get(entry.job());
        ledger.cleanups.remove(entry.place());
        job.cleanupPlace = Job.NOWHERE;
        startExpiry(job);
        return job;
    }

    /** The gate's time runs from here: when its task was dispatched, or when it turned out that there is none. */
    private void startExpiry(Job job) {
        job.gatePlace = ledger.gates.append(job.id, ledger.clock.age());
        ledger.changed = true;
        jobs.touch(job);
    }

    /** Lifts the gates whose time is over, and forgets their jobs. */
    void lift() {
        long expiry = policy.finalizingExpiry().toMillis();
        for (int lifted = 0; lifted < LIFTED_PER_TICK; lifted++) {
            Fifo.Entry oldest = ledger.gates.peek();
            if (oldest == null || !ledger.clock.passed(expiry, oldest.stamp())) {
                return;
            }
            ledger.gates.remove(oldest.place());
            ledger.changed = true;
            jobs.forget(jobs.get(oldest.job()));
        }
    }
}
