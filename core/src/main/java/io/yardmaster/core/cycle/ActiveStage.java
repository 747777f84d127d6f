package io.yardmaster.core.cycle;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.admission.Turns;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.jobs.LimitedTasks;
import io.yardmaster.core.jobs.TaskQueue;
import io.yardmaster.core.limits.Limits;
import io.yardmaster.core.order.TurnOrder;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.values.TaskKind;
import java.util.function.BooleanSupplier;

/** The part of a cycle that offers tasks of active jobs, one task a turn (S3, S5). */
final class ActiveStage implements Stage {
    private final Pool pool;
    private final JobTable jobs;
    private final Limits limits;
    private final Ledger ledger;
    private final BooleanSupplier somethingWaits;

    /** @param somethingWaits whether there is a task left to offer in any stage; if not, the stage stops where it is */
    ActiveStage(Pool pool, JobTable jobs, Limits limits, Ledger ledger, BooleanSupplier somethingWaits) {
        this.pool = pool;
        this.jobs = jobs;
        this.limits = limits;
        this.ledger = ledger;
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
        while (made < most && limits.mayGoOn() && somethingWaits.getAsBoolean()) {
            TurnOrder order = only == null ? turns.due() : only;
            if (order == null) {
                break;
            }
            Job job = order.next();
            if (job == null) {
                break;
            }
            order.beginTurn();
            if (job.ready() > 0) {
                made += offerOne(job, offers);
                order.endTurn();
            } else {
                pool.retire(job);
            }
        }
        return made;
    }

    /** Offers a task of a job that has a turn, unless limits keep it back. Returns the number of tasks offered. */
    private int offerOne(Job job, Offers offers) {
        if (job.limited() != null || limits.limitsQueues()) {
            return offerLimited(job, offers);
        }
        offerHead(job, job.queue, offers);
        return 1;
    }

    private int offerLimited(Job job, Offers offers) {
        LimitedTasks tasks = limits.next(job, pool);
        boolean isFree = job.queue.size() > 0 && !job.isQueueLimited();
        if (isFree && (tasks == null || job.queue.headRank() > tasks.queue.headRank())) {
            if (!limits.limitQueue(job, pool)) {
                offerHead(job, job.queue, offers);
                return 1;
            }
        }
        if (tasks == null) {
            return 0;
        }
        int task = tasks.queue.headIndex();
        int attempt = tasks.queue.headAttempt();
        offerHead(job, tasks.queue, offers);
        limits.offered(job, tasks, task, attempt, ledger.assignments());
        return 1;
    }

    private void offerHead(Job job, TaskQueue queue, Offers offers) {
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
