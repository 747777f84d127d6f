package io.yardmaster.core.cycle;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.jobs.TaskQueue;
import io.yardmaster.core.values.TaskKind;

/** The part of a cycle that offers tasks of active jobs, one task a turn (S3, S5). */
final class ActiveStage implements Stage {
    private final Pool pool;
    private final JobTable jobs;

    ActiveStage(Pool pool, JobTable jobs) {
        this.pool = pool;
        this.jobs = jobs;
    }

    @Override
    public void begin() {
        pool.turns().beginRound();
    }

    /** Retires the jobs without a task on the way: at most one for each place, and the job that takes over each of these places. */
    @Override
    public boolean offerNext(int offered, Offers offers) {
        for (Job job = pool.turns().next(); job != null; job = pool.turns().next()) {
            pool.turns().beginTurn();
            TaskQueue queue = job.queue;
            if (queue.size() > 0) {
                offers.offer(
                        job,
                        TaskKind.TASK,
                        queue.headIndex(),
                        queue.headAttempt(),
                        queue.headReadyAt(),
                        queue.headTrace());
                queue.pop();
                pool.active().grow(-1);
                pool.turns().endTurn();
                jobs.touch(job);
                return true;
            }
            pool.retire(job);
        }
        return false;
    }

    @Override
    public void end() {
        pool.turns().endRound();
    }
}
