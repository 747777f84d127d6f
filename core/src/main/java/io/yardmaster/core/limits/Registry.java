package io.yardmaster.core.limits;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.LimitedQueues;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Section;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LimitWait;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The limits, and what is used of them. */
final class Registry implements Section {
    private static final int TAG = 10;

    private static final long NO_JOB_LIMIT = -1;

    private final Ledger ledger;
    private final Shapes shapes;
    private final Rates rates;
    private final Map<Long, Limit> groups = new HashMap<>();
    /** Counted while there is a limit of jobs. */
    private final Map<Long, Long> outByJob = new TreeMap<>();

    private @Nullable Limit all;
    private Map<String, Long> capacities = Map.of();
    private boolean hasNewLimit;
    /** False until the first budget has come. */
    private boolean hasFollowed;

    private long ofJob = NO_JOB_LIMIT;
    /** The limit of jobs that was last followed, also by a scheduler that was opened anew since. */
    private long followedOfJob = NO_JOB_LIMIT;

    Registry(Ledger ledger, Shapes shapes, Rates rates) {
        this.ledger = ledger;
        this.shapes = shapes;
        this.rates = rates;
        ledger.keep(TAG, this);
    }

    @Override
    public void beginSession() {
        beginCount();
    }

    @Override
    public boolean isInitial() {
        return followedOfJob == NO_JOB_LIMIT;
    }

    @Override
    public void write(StateWriter writer) {
        writer.signed(followedOfJob);
    }

    @Override
    public void read(StateReader reader) {
        followedOfJob = reader.signed();
        ofJob = followedOfJob;
    }

    @Override
    public void readLayout1(StateReader reader) {
        // Version 0.1.0 had no limits.
    }

    /** Follows the policy. Returns whether a capacity has changed. */
    boolean follow(Map<String, Long> newCapacities) {
        if (hasFollowed && newCapacities.equals(capacities)) {
            return false;
        }
        hasFollowed = true;
        capacities = newCapacities;
        shapes.follow(capacities);
        Long most = capacities.get(LimitKeys.ALL);
        all = most == null ? null : following(all, LimitKeys.ALL, most);
        groups.keySet().removeIf(group -> !capacities.containsKey(LimitKeys.ofGroup(group)));
        capacities.forEach((key, units) -> {
            if (LimitKeys.isOfGroup(key)) {
                groups.compute(LimitKeys.group(key), (group, before) -> following(before, key, units));
            }
        });
        boolean limitedJobs = limitsJobs();
        ofJob = capacities.getOrDefault(LimitKeys.JOB, NO_JOB_LIMIT);
        hasNewLimit |= !limitedJobs && limitsJobs();
        return true;
    }

    private Limit following(@Nullable Limit before, String key, long units) {
        Limit limit = before;
        if (limit == null) {
            limit = new Limit(key, units);
            hasNewLimit = true;
        }
        limit.capacity = units;
        // The caller looks again at all that waits for it.
        limit.unblock();
        return limit;
    }

    /** Returns, once, whether there is a limit of which nothing was counted yet. */
    boolean takeNewLimit() {
        boolean isNew = hasNewLimit;
        hasNewLimit = false;
        return isNew;
    }

    boolean limitsQueues() {
        return all != null || !groups.isEmpty() || limitsJobs() || rates.limitGroups();
    }

    boolean limitsJobs() {
        return ofJob != NO_JOB_LIMIT;
    }

    /** Returns whether a limit applies to all tasks of this group's jobs. */
    boolean limits(long group) {
        return all != null || limitsJobs() || groups.containsKey(group) || rates.ofGroup(group) != null;
    }

    void beginCount() {
        limits().forEach(Limit::beginCount);
        shapes.beginCount();
        outByJob.clear();
        rates.beginCount();
    }

    /** All limits but those of single jobs. */
    Collection<Limit> limits() {
        List<Limit> limits = new ArrayList<>(shapes.named());
        limits.addAll(groups.values());
        if (all != null) {
            limits.add(all);
        }
        return limits;
    }

    /** Counts assignments that hold units; with -1, the end of one. */
    void count(HeldUnits.Held held, int assignments) {
        use(held, assignments);
        shapes.countHeld(held.shape(), assignments);
        if (limitsJobs()) {
            outByJob.merge(held.job(), (long) assignments, (before, more) -> before + more == 0 ? null : before + more);
        }
    }

    private void use(HeldUnits.Held held, int assignments) {
        Shape shape = held.shape();
        for (int i = 0; i < shape.limits.length; i++) {
            shape.limits[i].used += assignments * shape.units[i];
        }
        Limit group = groups.get(held.group());
        if (group != null) {
            group.used += assignments;
        }
        if (all != null) {
            all.used += assignments;
        }
    }

    /** Counts grants. */
    void grant(Line line, long group, long tasks) {
        if (tasks == 0) {
            return;
        }
        Shape shape = line.shape;
        for (int i = 0; i < shape.limits.length; i++) {
            shape.limits[i].grant(line.level, tasks * shape.units[i]);
        }
        Limit ofGroup = groups.get(group);
        if (ofGroup != null) {
            ofGroup.grant(line.level, tasks);
        }
        if (all != null) {
            all.grant(line.level, tasks);
        }
        rates.grant(group, shape.pool, tasks);
    }

    /** Returns whether one more task of a line may be granted, as far as named limits, that of all tasks, and the rate of its pool say. */
    boolean mayGrant(Line line) {
        return firstLacking(line) == null;
    }

    /** The first, of the rate of its pool, named limits and that of all tasks, that has no room for one more task of a line; null if each has. */
    @Nullable
    Constraint firstLacking(Line line) {
        RateLimiter<String> rate = lackingRateOfPool(line);
        if (rate != null) {
            return rate;
        }
        if (all != null && !all.mayGrant(1, line.level)) {
            return all;
        }
        Shape shape = line.shape;
        for (int i = 0; i < shape.limits.length; i++) {
            if (!shape.limits[i].mayGrant(shape.units[i], line.level)) {
                return shape.limits[i];
            }
        }
        return null;
    }

    /** The rate of its pool, if that has no room for one more task of a line; null if it has. */
    @Nullable
    RateLimiter<String> lackingRateOfPool(Line line) {
        RateLimiter<String> rate = rates.ofPool(line.shape.pool);
        return rate == null || rate.mayGrant(1, line.level) ? null : rate;
    }

    /** Returns whether so many tasks of a job may be granted at once. */
    boolean mayGrant(Line line, Job job, int tasks) {
        Limit group = groups.get(job.group);
        return lacking(line, tasks).isEmpty()
                && (all == null || all.mayGrant(tasks, line.level))
                && (group == null || group.mayGrant(tasks, line.level))
                && (!limitsJobs() || outOrGranted(job) + tasks <= ofJob);
    }

    /** The limits, of those that the shape of a line needs, that have no room for so many tasks. */
    List<Limit> lacking(Line line, int tasks) {
        List<Limit> lacking = new ArrayList<>();
        Shape shape = line.shape;
        for (int i = 0; i < shape.limits.length; i++) {
            if (!shape.limits[i].mayGrant(tasks * shape.units[i], line.level)) {
                lacking.add(shape.limits[i]);
            }
        }
        return lacking;
    }

    boolean jobMayBeGranted(Job job) {
        return !limitsJobs() || outOrGranted(job) < ofJob;
    }

    private long outOrGranted(Job job) {
        LimitedQueues queues = job.limited();
        return outByJob.getOrDefault(job.id, 0L) + (queues == null ? 0 : queues.granted());
    }

    /** Returns whether a task of the job can be dispatched now. */
    boolean hasRoom(int shapeId, Job job) {
        Shape shape = shapes.of(shapeId);
        for (int i = 0; i < shape.limits.length; i++) {
            if (!shape.limits[i].hasRoom(shape.units[i])) {
                return false;
            }
        }
        Limit group = groups.get(job.group);
        return (all == null || all.hasRoom(1))
                && (group == null || group.hasRoom(1))
                && rates.haveRoom(job.group, shape.pool)
                && (!limitsJobs() || outByJob.getOrDefault(job.id, 0L) < ofJob);
    }

    /** The limit or the rate of a group, if it has no room for one more of its tasks; null if both have. */
    @Nullable
    Constraint lackingOfGroup(long group, int level) {
        Limit limit = groups.get(group);
        if (limit != null && !limit.mayGrant(1, level)) {
            return limit;
        }
        RateLimiter<Long> rate = rates.ofGroup(group);
        return rate == null || rate.mayGrant(1, level) ? null : rate;
    }

    /** The limit of a group; null if it has none. */
    @Nullable
    Limit ofGroup(long group) {
        return groups.get(group);
    }

    /** The limit of all tasks; null if there is none. */
    @Nullable
    Limit ofAll() {
        return all;
    }

    /** The jobs of which tasks hold something, if there is a limit of jobs. */
    List<Long> jobsOut() {
        return List.copyOf(outByJob.keySet());
    }

    /** Returns, once, whether the limit of jobs has changed. */
    boolean takeJobLimitChanged() {
        boolean changed = followedOfJob != ofJob;
        followedOfJob = ofJob;
        if (changed) {
            ledger.touch();
        }
        return changed;
    }

    /** The first limit, or the rate, that keeps a task of the job from being granted; null if none does. */
    @Nullable
    LimitWait lacking(int shapeId, Job job) {
        Shape shape = shapes.of(shapeId);
        Limit limit = lacking(shape, job.priority, job.group);
        if (limit != null) {
            return new LimitWait(
                    limit.key, shape.gang * shape.units(limit), limit.used + limit.grantedUnits(), limit.capacity);
        }
        return !limitsJobs() || outOrGranted(job) + shape.gang <= ofJob
                ? rates.reason(job.group, shape.pool)
                : new LimitWait(LimitKeys.JOB, shape.gang, outOrGranted(job), ofJob);
    }

    /** The rate that keeps such a task from being granted, of its group or its pool; null if none does. */
    @Nullable
    LimitWait lackingRate(Shape shape, long group) {
        return rates.reason(group, shape.pool);
    }

    /** The first limit, but for that of a job, that keeps such a task from being granted; null if none does. */
    @Nullable
    Limit lacking(Shape shape, int level, long group) {
        for (int i = 0; i < shape.limits.length; i++) {
            if (!shape.limits[i].mayGrant(shape.gang * shape.units[i], level)) {
                return shape.limits[i];
            }
        }
        Limit ofGroup = groups.get(group);
        if (ofGroup != null && !ofGroup.mayGrant(shape.gang, level)) {
            return ofGroup;
        }
        return all == null || all.mayGrant(shape.gang, level) ? null : all;
    }
}
