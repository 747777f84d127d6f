package io.yardmaster.core.limits;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.jobs.LimitedQueues;
import io.yardmaster.core.jobs.LimitedTasks;
import io.yardmaster.core.order.TurnWeights;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.LimitDemand;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Decides which tasks limits let through, and when. */
public final class Limits {
    private final JobTable jobs;
    private final Shapes shapes;
    private final Registry registry;
    private final Lines lines;
    private final HeldUnits holdings;
    private final Granting granting;
    private final DemandCount demand;
    /** True if the policy limits tasks that need no named limit. */
    private boolean limitsQueues;

    public Limits(Fairness fairness, Storage storage, Keys keys, JobTable jobs, Ledger ledger) {
        this.jobs = jobs;
        this.shapes = new Shapes(storage, keys, ledger);
        this.registry = new Registry(ledger, shapes);
        this.lines = new Lines(storage, keys, ledger, shapes, registry, fairness.isByGroup());
        this.holdings = new HeldUnits(storage, keys, ledger);
        this.granting = new Granting(jobs, registry, lines);
        this.demand = new DemandCount(registry, lines);
    }

    /** Must follow the loading of the ledger. */
    public void load() {
        shapes.load();
        lines.load();
        recount();
    }

    /**
     * Knows the capacities of all schedulers together from now on.
     *
     * @param capacities as in {@link io.yardmaster.core.values.LivePolicy#limits}
     */
    public void know(Map<String, Long> capacities) {
        demand.know(capacities);
    }

    private void follow(Map<String, Long> capacities) {
        if (registry.follow(capacities)) {
            limitsQueues = registry.limitsQueues();
            if (registry.takeNewLimit()) {
                recount();
            }
            lines.lookAgain();
            if (registry.takeJobLimitChanged()) {
                registry.jobsOut().forEach(id -> enlist(jobs.find(id)));
            }
        }
    }

    /** Counts the units that are held, and what is granted, of limits that may be new. */
    private void recount() {
        registry.beginCount();
        holdings.forEach(shapes, held -> registry.count(held, 1));
        lines.forEach(list -> registry.grant(list.line, list.key.group(), list.granted));
    }

    /** Returns whether limits may decide about a job that has no limited tasks yet. */
    public boolean limitsQueues() {
        return limitsQueues;
    }

    /** Returns whether the state has tasks that limits decide about, which an older version would not find. */
    public boolean isUsed() {
        return !registry.isEmpty() || !lines.isEmpty();
    }

    /** Takes note that the state has tasks with these needs, or will have them. */
    public void expect(Map<String, Long> needs) {
        if (!needs.isEmpty()) {
            shapes.expect();
        }
    }

    /** Counts newly buffered tasks of the job's queue, which need no named limit. */
    public void queued(Job job, long added, Pool pool) {
        if (!job.isQueueLimited() || job.isPaused()) {
            pool.grow(job, added);
        } else if (added > 0) {
            LimitedTasks tasks = job.obtainLimited().obtain(LimitedTasks.PLAIN);
            if (tasks.isListed) {
                lines.grow(job, tasks, added);
            }
            list(job, tasks);
        }
    }

    /** Buffers successive tasks of a job. */
    public void add(
            Job job,
            Map<String, Long> needs,
            int first,
            int count,
            int attempt,
            long readyAt,
            @Nullable String trace,
            Pool pool) {
        if (needs.isEmpty()) {
            job.queue.appendRun(first, count, attempt, readyAt, trace);
            queued(job, count, pool);
            return;
        }
        LimitedTasks tasks = obtain(job, shapes.obtain(needs));
        if (tasks.isListed) {
            lines.grow(job, tasks, count);
        }
        tasks.queue.appendRun(first, count, attempt, readyAt, trace);
        job.obtainLimited().changed(tasks, count, 0);
        if (job.isPaused()) {
            pool.grow(job, count);
        } else {
            list(job, tasks);
        }
    }

    private LimitedTasks obtain(Job job, Shape shape) {
        LimitedQueues queues = job.obtainLimited();
        LimitedTasks tasks = queues.find(shape.id);
        if (tasks == null) {
            shapes.countJob(shape, 1);
            tasks = queues.obtain(shape.id);
        }
        return tasks;
    }

    /** Counts tasks that left such a queue, or the job's own, otherwise than by an offer. */
    public void removed(Job job, LimitedTasks tasks, long removed, Pool pool) {
        LimitedQueues queues = job.obtainLimited();
        queues.changed(tasks, -removed, 0);
        jobs.touch(job);
        if (job.isPaused()) {
            pool.shrink(job, removed);
        }
        int excess = (int) Math.max(0, tasks.granted - tasks.queue.size());
        if (tasks.isListed) {
            lines.grow(job, tasks, excess - removed);
        }
        ungrant(job, tasks, excess, pool);
        if (tasks.isListed && tasks.ungranted() == 0) {
            lines.remove(job, tasks);
        }
        forgetIfEmpty(job, tasks);
        if (excess > 0) {
            enlist(job);
        }
    }

    private void forgetIfEmpty(Job job, LimitedTasks tasks) {
        LimitedQueues queues = job.limited();
        if (queues != null && tasks.queue.size() == 0 && tasks.shape != LimitedTasks.PLAIN) {
            queues.remove(tasks);
            job.shrinkLimited();
            shapes.countJob(shapes.of(tasks.shape), -1);
        }
    }

    /** Forgets the tasks of a job that were withdrawn, or are paused. Must precede their end. */
    public void discard(Job job) {
        LimitedQueues queues = job.limited();
        if (queues != null) {
            queues.all().forEach(tasks -> shapes.countJob(shapes.of(tasks.shape), -1));
        }
    }

    private void list(Job job, LimitedTasks tasks) {
        if (lines.list(job, tasks)) {
            jobs.touch(job);
        }
    }

    /** Lists what waits of a job that is known, not paused, and not finalizing. Must follow the end of a pause, and a new priority. */
    public void enlist(@Nullable Job job) {
        LimitedQueues queues = job == null ? null : job.limited();
        if (job != null && queues != null && !job.isPaused()) {
            queues.all().forEach(tasks -> list(job, tasks));
        }
    }

    /** Takes back all grants of a job, and its places: it is paused, ends, or gets another priority. */
    public void withdraw(Job job, Pool pool) {
        LimitedQueues queues = job.limited();
        if (queues == null || job.isPaused()) {
            return;
        }
        for (LimitedTasks tasks : queues.all()) {
            if (tasks.isListed) {
                lines.remove(job, tasks);
            }
            ungrant(job, tasks, tasks.granted, pool);
        }
        jobs.touch(job);
    }

    private void ungrant(Job job, LimitedTasks tasks, int count, Pool pool) {
        if (count > 0) {
            job.obtainLimited().changed(tasks, 0, -count);
            jobs.touch(job);
            lines.end(job, tasks, count);
            lines.released(shapes.of(tasks.shape), job.group);
            pool.shrink(job, count);
        }
    }

    /** Has limits decide about the tasks of a job's queue from now on, if one applies to them. Returns whether they do. */
    public boolean limitQueue(Job job, Pool pool) {
        if (!registry.limits(job.group)) {
            return false;
        }
        pool.shrink(job, job.queue.size());
        list(job, job.obtainLimited().obtain(LimitedTasks.PLAIN));
        jobs.touch(job);
        return true;
    }

    /** The tasks of a job of which one may be offered now; null if there are none. Voids grants whose units are not there any more. */
    public @Nullable LimitedTasks next(Job job, Pool pool) {
        LimitedQueues queues = job.limited();
        if (queues == null) {
            return null;
        }
        for (int i = 0; i < queues.all().size(); i++) {
            LimitedTasks tasks = queues.all().get(i);
            if (tasks.granted > 0) {
                if (registry.hasRoom(tasks.shape, job)) {
                    return tasks;
                }
                ungrant(job, tasks, tasks.granted, pool);
                enlist(job);
            }
        }
        return null;
    }

    /** Notes that this attempt of a task was taken from the head of the queue and offered, as the assignment of this number. */
    public void offered(Job job, LimitedTasks tasks, int task, int attempt, long number) {
        lines.end(job, tasks, 1);
        job.obtainLimited().changed(tasks, -1, -1);
        HeldUnits.Held held = new HeldUnits.Held(shapes.of(tasks.shape), job.group, job.id, task, attempt);
        holdings.add(number, held);
        registry.count(held, 1);
        forgetIfEmpty(job, tasks);
        if (registry.jobMayBeGranted(job)) {
            // The limit of jobs, for which some of its tasks waited, is there no more.
            enlist(job);
        }
    }

    /**
     * Releases what the assignment with the number of an outcome holds, if it holds something.
     *
     * @return false if it is another task that holds it. Then the outcome is not that of the assignment, and nothing is released
     */
    public boolean release(long number, Event.AssignmentEnded outcome) {
        HeldUnits.Held held = holdings.find(number, shapes);
        if (held != null) {
            if (!held.isOf(outcome)) {
                return false;
            }
            release(number, held);
        }
        return true;
    }

    /** Releases what assignments hold that were taken by execution managers which send no outcomes. */
    public void release(long[] ids, long idBase) {
        for (long id : ids) {
            HeldUnits.Held held = holdings.find(id - idBase, shapes);
            if (held != null) {
                release(id - idBase, held);
            }
        }
    }

    private void release(long number, HeldUnits.Held held) {
        holdings.remove(number);
        registry.count(held, -1);
        lines.released(held.shape(), held.group());
        if (registry.limitsJobs()) {
            enlist(jobs.find(held.job()));
        }
    }

    /** The ids of up to {@code most} assignments that hold something, from this one on, in order. */
    public long[] holding(long from, int most, long idBase) {
        return LongStream.of(holdings.numbers(from - idBase, most))
                .map(number -> number + idBase)
                .toArray();
    }

    /** The pool of the task that holds something as this assignment; empty if that is the default one, or it holds nothing. */
    public String poolOf(long id, long idBase) {
        HeldUnits.Held held = holdings.find(id - idBase, shapes);
        return held == null ? "" : held.shape().pool;
    }

    /** Follows the policy, and grants tasks while limits have room, those of pools other than the default one to these offers. */
    public void tick(Pool pool, Budget budget, TurnWeights weights, PoolOffers offers) {
        follow(budget.limits());
        granting.tick(pool, weights, budget.inPools(), (job, tasks) -> offerInPool(job, tasks, offers));
    }

    private void offerInPool(Job job, LimitedTasks tasks, PoolOffers offers) {
        int task = tasks.queue.headIndex();
        int attempt = tasks.queue.headAttempt();
        offered(job, tasks, task, attempt, offers.offer(job, tasks));
    }

    /** The use of each limit but those of single jobs, by key. */
    public Map<String, LimitDemand> demand() {
        return demand.byKey();
    }

    /** The use of the limits and the tasks that wait for them, for a person to look at. */
    public LimitsView view() {
        return new LimitsView(shapes, registry, lines, holdings);
    }

    /** Writes all changes to the storage, but for those of jobs. */
    public void flush(StateWriter writer) {
        shapes.flush(writer);
        lines.flush(writer);
    }
}
