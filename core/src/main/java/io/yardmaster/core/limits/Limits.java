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
import io.yardmaster.core.values.LivePolicy;
import java.util.Map;
import java.util.function.LongSupplier;
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
    /** Null unless groups go by dominant shares. */
    private final @Nullable ShareOrder shares;

    private final Rates rates;
    private final OpenTasks open;
    private final CapacityFollower follower;
    private final Releases releases;
    private TurnWeights weights = TurnWeights.EVEN;

    /** @param age of the scheduler, in ms, which may fall back when it is opened anew */
    public Limits(Fairness fairness, Storage storage, Keys keys, JobTable jobs, LongSupplier age, Ledger ledger) {
        this.jobs = jobs;
        this.shapes = new Shapes(storage, keys, ledger);
        this.rates = new Rates(storage, age, ledger::note);
        this.registry = new Registry(ledger, shapes, rates);
        this.shares = fairness == Fairness.DRF ? new ShareOrder(new DominantShares(storage, keys, ledger)) : null;
        this.lines = new Lines(storage, keys, ledger, shapes, registry, fairness, shares);
        if (shares != null) {
            shares.refileBy(lines::refile);
        }
        this.holdings = new HeldUnits(storage, keys, ledger);
        this.granting = new Granting(jobs, shapes, registry, rates, lines, shares, ledger::note);
        this.demand = new DemandCount(shapes, registry, lines);
        this.open = new OpenTasks(shapes, registry, shares == null);
        this.follower = new CapacityFollower(shapes, registry, rates, lines, holdings);
        this.releases = new Releases(shapes, registry, lines, holdings, shares, id -> enlist(jobs.find(id)));
    }

    /** Must follow the loading of the ledger. */
    public void load() {
        rates.load();
        shapes.load();
        if (shares != null) {
            shares.load();
        }
        lines.load();
        follower.recount();
    }

    /** Follows the policy, its rates from the next tick on. */
    public void follow(LivePolicy live, TurnWeights newWeights) {
        weigh(newWeights);
        follower.want(live);
        demand.know(live.limits());
        if (shares != null) {
            shares.know(live.limits());
        }
    }

    private void weigh(TurnWeights newWeights) {
        weights = newWeights;
        if (shares != null) {
            shares.weigh(newWeights);
        }
    }

    /** Returns whether limits may decide about a job that has no limited tasks yet. */
    public boolean limitsQueues() {
        return follower.limitsQueues();
    }

    /** Returns whether the state has tasks that limits decide about, which an older version would not find. */
    public boolean isUsed() {
        return shapes.areUsed() || !lines.isEmpty() || !holdings.isEmpty();
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

    /**
     * Buffers successive tasks of a job.
     *
     * @param needs the units of limits that each of them needs
     * @param rank in the queue of those with the same needs
     */
    public void add(
            Job job,
            Map<String, Long> needs,
            int rank,
            int first,
            int count,
            int attempt,
            long readyAt,
            @Nullable String trace,
            Pool pool) {
        if (needs.isEmpty()) {
            job.queue.appendRun(rank, first, count, attempt, readyAt, trace);
            queued(job, count, pool);
            return;
        }
        Shape shape = shapes.obtain(needs);
        LimitedTasks tasks = shapes.obtain(job, shape);
        boolean isOpen = !job.isPaused() && open.join(tasks);
        if (tasks.isListed) {
            lines.grow(job, tasks, count);
        }
        tasks.queue.appendRun(rank, first, count, attempt, readyAt, trace);
        job.obtainLimited().changed(tasks, count, isOpen ? count : 0);
        if (isOpen) {
            shapes.countOpen(shape, count);
        }
        if (isOpen || job.isPaused()) {
            pool.grow(job, count);
        } else {
            list(job, tasks);
        }
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
            lines.grow(job, tasks, -removed);
        }
        granting.takeBack(job, tasks, excess, pool);
        if (tasks.isListed && tasks.ungranted() == 0) {
            lines.remove(job, tasks);
        }
        shapes.forgetIfEmpty(job, tasks);
        if (excess > 0) {
            enlist(job);
        }
    }

    /** Forgets the tasks of a job that were withdrawn, or are paused. Must precede their end. */
    public void discard(Job job) {
        shapes.discard(job);
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
            granting.takeBackAll(job, tasks, pool);
        }
        jobs.touch(job);
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

    /**
     * The tasks of a job of which one may be offered now, those of the highest priority; null if there are none. Voids grants whose
     * units are not there any more.
     */
    public @Nullable LimitedTasks next(Job job, Pool pool) {
        LimitedQueues queues = job.limited();
        if (queues == null) {
            return null;
        }
        LimitedTasks next = null;
        for (int i = 0; i < queues.all().size(); i++) {
            LimitedTasks tasks = queues.all().get(i);
            if (tasks.granted > 0 && (next == null || tasks.queue.headRank() > next.queue.headRank())) {
                if (tasks.isOpen ? open.mayGo(job, tasks) : registry.hasRoom(tasks.shape, job)) {
                    next = tasks;
                } else {
                    granting.takeBackAll(job, tasks, pool);
                    enlist(job);
                }
            }
        }
        return next;
    }

    /** Grants what limits have room for to tasks that turned out to need a grant in this tick. Returns whether there were such tasks. */
    public boolean grantMore(Pool pool, PoolOffers offers) {
        boolean some = open.takeClosed();
        if (some) {
            granting.grant(pool, weights, (job, tasks) -> offerInPool(job, tasks, offers));
        }
        return some;
    }

    /** Returns false if no further job shall have a turn in this tick. */
    public boolean mayGoOn() {
        return open.mayGoOn();
    }

    /** Notes that this attempt of a task was taken from the head of the queue and offered, as the assignment of this number. */
    public void offered(Job job, LimitedTasks tasks, int task, int attempt, long number) {
        Shape shape = shapes.of(tasks.shape);
        long expected = shares == null || tasks.isOpen ? 0 : shares.expected(job.group, shape);
        if (tasks.isOpen) {
            shapes.countOpen(shape, -1);
        } else {
            lines.end(job, tasks, 1);
        }
        job.obtainLimited().changed(tasks, -1, -1);
        HeldUnits.Held held = new HeldUnits.Held(shape, job.group, job.id, task, attempt, expected);
        holdings.add(number, held);
        registry.count(held, 1);
        rates.take(job.group, shape.pool);
        shapes.forgetIfEmpty(job, tasks);
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
        return releases.release(number, outcome);
    }

    /** Releases what assignments hold that were taken by execution managers which send no outcomes. */
    public void release(long[] ids, long idBase) {
        LongStream.of(ids).forEach(id -> releases.release(id - idBase));
    }

    /** The ids of up to {@code most} assignments that hold something, from this one on, in order. */
    public long[] holding(long from, int most, long idBase) {
        long[] numbers = holdings.numbers(from - idBase, most);
        return LongStream.of(numbers).map(number -> number + idBase).toArray();
    }

    /** The pool of the task that holds something as this assignment; empty if that is the default one, or it holds nothing. */
    public String poolOf(long id, long idBase) {
        HeldUnits.Held held = holdings.find(id - idBase, shapes);
        return held == null ? "" : held.shape().pool;
    }

    /** Follows the policy, and grants tasks while limits have room, those of pools other than the default one to these offers. */
    public void tick(Pool pool, Budget budget, TurnWeights newWeights, PoolOffers offers) {
        open.beginTick();
        weigh(newWeights);
        follower.follow(budget.limits(), id -> enlist(jobs.find(id)));
        if (shares != null && holdings.isEmpty()) {
            shares.forget();
        }
        granting.tick(pool, weights, budget.inPools(), (job, tasks) -> offerInPool(job, tasks, offers));
    }

    private void offerInPool(Job job, LimitedTasks tasks, PoolOffers offers) {
        offered(job, tasks, tasks.queue.headIndex(), tasks.queue.headAttempt(), offers.offer(job, tasks));
    }

    /** The time, in ms, until the next task may go of those that wait for a rate; -1 if none waits. */
    public long untilRate() {
        return rates.untilNext();
    }

    /** The use of each limit but those of single jobs, by key. */
    public Map<String, LimitDemand> demand() {
        return demand.byKey();
    }

    /** The use of the limits and the tasks that wait for them, for a person to look at. */
    public LimitsView view() {
        return new LimitsView(shapes, registry, lines, holdings, shares);
    }

    /** Writes all changes to the storage, but for those of jobs. */
    public void flush(StateWriter writer) {
        shapes.flush(writer);
        holdings.flush();
        lines.flush(writer);
        rates.flush(writer);
        if (shares != null) {
            shares.flush(writer);
        }
    }
}
