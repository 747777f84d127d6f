package io.yardmaster.scheduling;

/**
 * Forgets what was seen of jobs that ended without saying so (S7). A job is looked at one expiry after its first event
 * and then once per expiry, so one that falls silent is forgotten after one to two expiries.
 */
final class DedupMemory {
    private static final int EXAMINED_PER_TICK = 1_000;

    private final Policy policy;
    private final JobTable jobs;
    private final Ledger ledger;

    DedupMemory(Policy policy, JobTable jobs, Ledger ledger) {
        this.policy = policy;
        this.jobs = jobs;
        this.ledger = ledger;
    }

    void remember(Job job) {
        job.latestEvent = ledger.clock.age();
        if (job.memoryPlace == Job.NOWHERE) {
            job.memoryPlace = ledger.memories.append(job.id, job.latestEvent);
            ledger.changed = true;
        }
    }

    void forgetSilent(Pool pool) {
        long expiry = policy.dedupExpiry().toMillis();
        for (int examined = 0; examined < EXAMINED_PER_TICK; examined++) {
            Fifo.Entry oldest = ledger.memories.peek();
            if (oldest == null || !ledger.clock.passed(expiry, oldest.stamp())) {
                return;
            }
            ledger.memories.remove(oldest.place());
            ledger.changed = true;
            Job job = jobs.get(oldest.job());
            if (job.queue.size() == 0 && ledger.clock.passed(expiry, job.latestEvent)) {
                if (job.phase == Job.Phase.ACTIVE) {
                    pool.retire(job);
                }
                pool.active().giveUpSlot(job);
                jobs.forget(job);
            } else {
                job.memoryPlace = ledger.memories.append(job.id, ledger.clock.age());
                jobs.touch(job);
            }
        }
    }
}
