package io.yardmaster.core.ending;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.state.Fifo;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.values.Policy;

/**
 * Forgets jobs that ended without a commit or cleanup event (S7). It examines a job one expiry after its first event and then
 * once per expiry, so that a job without further events is forgotten after one to two expiries.
 */
public final class DedupMemory {
    private static final int EXAMINED_PER_TICK = 1_000;

    private final Policy policy;
    private final JobTable jobs;
    private final EndingQueues queues;
    private final AgeClock clock;
    private final Ledger ledger;

    public DedupMemory(Policy policy, JobTable jobs, EndingQueues queues, AgeClock clock, Ledger ledger) {
        this.policy = policy;
        this.jobs = jobs;
        this.queues = queues;
        this.clock = clock;
        this.ledger = ledger;
    }

    /** Notes that an event about the job has come. */
    public void remember(Job job) {
        job.latestEvent = clock.age();
        if (job.memoryPlace == Job.NOWHERE) {
            job.memoryPlace = queues.memories().append(job.id, job.latestEvent);
            ledger.touch();
        }
    }

    /** Examines up to a thousand jobs. */
    public void forgetSilent(Pool pool) {
        long expiry = policy.dedupExpiry().toMillis();
        for (int examined = 0; examined < EXAMINED_PER_TICK; examined++) {
            Fifo.Entry oldest = queues.memories().peek();
            if (oldest == null || !clock.passed(expiry, oldest.stamp())) {
                return;
            }
            queues.memories().remove(oldest.place());
            ledger.touch();
            Job job = jobs.get(oldest.job());
            if (job.waiting() == 0 && !job.isPaused() && !job.hasGraph && clock.passed(expiry, job.latestEvent)) {
                if (job.phase == Job.Phase.ACTIVE) {
                    pool.retire(job);
                }
                pool.active().giveUpSlot(job);
                jobs.forget(job);
            } else {
                job.memoryPlace = queues.memories().append(job.id, clock.age());
                jobs.touch(job);
            }
        }
    }
}
