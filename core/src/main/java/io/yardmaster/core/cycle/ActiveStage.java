package io.yardmaster.core.cycle;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.admission.Turns;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.jobs.TaskQueue;
import io.yardmaster.core.order.TurnOrder;
import io.yardmaster.core.values.TaskKind;
import java.util.function.BooleanSupplier;

/** The part of a cycle that offers tasks of active jobs, one task a turn (S3, S5). */
final class ActiveStage implements Stage {
    private final Pool pool;
    private final JobTable jobs;
    private final BooleanSupplier somethingWaits;

    /** @param somethingWaits whether there is a task left to offer in any stage; if not, the stage stops where it is */
    ActiveStage(Pool pool, JobTable jobs, BooleanSupplier somethingWaits) {
        this.pool = pool;
        this.jobs = jobs;
        this.somethingWaits = somethingWaits;
    }

    @Override
    public void begin() {
        pool.turns().beginRound();
    }

    /** Retires the jobs without a task on the way: at most one for each place, and the job that takes over each of these places. */
    @Override
    public int offer(int offered, int most, Offers offers) {
        Turns turns = pool.turns();
        TurnOrder only = turns.only();
        int made = 0;
        while (made < most && somethingWaits.getAsBoolean()) {
            TurnOrder order = only == null ? turns.due() : only;
            if (order == null) {
                break;
            }
            Job job = order.next();
            if (job == null) {
                break;
            }
            order.beginTurn();
            if (job.queue.size() > 0) {
                offerHead(job, offers);
                order.endTurn();
                made++;
            } else {
                pool.retire(job);
            }
        }
        return made;
    }

    private void offerHead(Job job, Offers offers) {
        TaskQueue queue = job.queue;
        offers.offer(
                job, TaskKind.TASK, queue.headIndex(), queue.headAttempt(), queue.headReadyAt(), queue.headTrace());
        queue.pop();
        pool.offered(job);
        jobs.touch(job);
    }

    @Override
    public void end() {
        pool.turns().endRound();
    }
}
