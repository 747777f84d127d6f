package io.yardmaster.core.limits;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.LimitedQueues;
import io.yardmaster.core.jobs.LimitedTasks;
import io.yardmaster.core.state.Fifo;
import io.yardmaster.core.values.GroupShare;
import io.yardmaster.core.values.LimitUse;
import io.yardmaster.core.values.LimitWait;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The limits, for a person to look at. A question changes nothing. */
public final class LimitsView {
    /** The groups that hold a limit are read from so many of the oldest assignments that hold something. */
    private static final int MOST_HOLDINGS = 1_000;

    private static final int MOST_HOLDERS = 5;

    private final Shapes shapes;
    private final Registry registry;
    private final Lines lines;
    private final HeldUnits holdings;
    private final @Nullable ShareOrder shares;

    LimitsView(Shapes shapes, Registry registry, Lines lines, HeldUnits holdings, @Nullable ShareOrder shares) {
        this.shapes = shapes;
        this.registry = registry;
        this.lines = lines;
        this.holdings = holdings;
        this.shares = shares;
    }

    /** The service that groups have had of the limits, those with the most first; none unless they go by dominant shares. */
    public List<GroupShare> shares(int limit) {
        return shares == null ? List.of() : shares.most(limit);
    }

    /** The first limit for which tasks of the job wait; null if they wait for none. */
    public @Nullable LimitWait waits(Job job) {
        LimitedQueues queues = job.limited();
        if (queues != null) {
            for (LimitedTasks tasks : queues.all()) {
                LimitWait wait = waits(job, tasks);
                if (wait != null) {
                    return wait;
                }
            }
        }
        return null;
    }

    /** The first limit, or the rate, for which these tasks of a job wait; null if they wait for none. */
    public @Nullable LimitWait waits(Job job, LimitedTasks tasks) {
        return tasks.ungranted() > 0 ? registry.lacking(tasks.shape, job) : null;
    }

    /** The tasks of a job that need these units; null if limits decide about none. */
    public @Nullable LimitedTasks tasks(Job job, Map<String, Long> needs) {
        LimitedQueues queues = job.limited();
        Shape shape = queues == null ? null : shapes.find(needs);
        return queues == null || shape == null ? null : queues.find(shape.id);
    }

    /** Jobs of one group with tasks that wait for the same units, in the order of their turns. */
    public record JobList(long id, Fifo jobs) {}

    /** The lists from this number on, in order. A job may be in several. */
    public List<JobList> lists(long from) {
        List<JobList> found = new ArrayList<>();
        lines.forEach(list -> {
            if (list.id >= from) {
                found.add(new JobList(list.id, list.jobs));
            }
        });
        found.sort(Comparator.comparingLong(JobList::id));
        return found;
    }

    /** The first list that a job is in; -1 if it is in none. */
    public long firstList(Job job) {
        LimitedQueues queues = job.limited();
        return queues == null
                ? -1
                : queues.all().stream()
                        .filter(tasks -> tasks.isListed)
                        .mapToLong(tasks -> lines.of(job, tasks).id)
                        .min()
                        .orElse(-1);
    }

    /** Tasks that wait for limits; not those that wait for the limit of their job. */
    public long parked() {
        long[] parked = new long[1];
        lines.forEach(list -> parked[0] += list.tasks);
        return parked[0];
    }

    /**
     * The use of each limit but those of single jobs, and of each rate for which tasks wait, by its key, without the holders. Takes time
     * proportional to the lists.
     */
    public List<LimitUse> uses() {
        return uses(registry.limits(), Map.of());
    }

    /**
     * The most wanted limits, those with the most parked tasks and then the fullest ones first.
     *
     * @param limit the most limits
     */
    public List<LimitUse> uses(int limit) {
        Map<String, Map<Long, Long>> held = new HashMap<>();
        holdings.oldest(MOST_HOLDINGS, shapes, one -> count(held, one));
        Comparator<LimitUse> order = Comparator.comparingLong(LimitUse::parked)
                .thenComparingDouble(use -> (double) use.used() / Math.max(1, use.capacity()))
                .reversed();
        return uses(registry.limits(), held).stream().sorted(order).limit(limit).toList();
    }

    private void count(Map<String, Map<Long, Long>> held, HeldUnits.Held one) {
        Shape shape = one.shape();
        for (int i = 0; i < shape.limits.length; i++) {
            count(held, shape.limits[i], one.group(), shape.units[i]);
        }
        Limit all = registry.ofAll();
        if (all != null) {
            count(held, all, one.group(), 1);
        }
    }

    private static void count(Map<String, Map<Long, Long>> held, Limit limit, long group, long units) {
        held.computeIfAbsent(limit.key, key -> new HashMap<>()).merge(group, units, Long::sum);
    }

    private List<LimitUse> uses(Collection<Limit> limits, Map<String, Map<Long, Long>> held) {
        Map<String, Long> parked = new HashMap<>();
        Map<String, LimitWait> rates = new HashMap<>();
        lines.forEach(list -> {
            if (list.tasks == 0) {
                return;
            }
            Limit lacking = registry.lacking(list.line.shape, list.key.level(), list.key.group());
            LimitWait rate = lacking == null ? registry.lackingRate(list.line.shape, list.key.group()) : null;
            if (lacking != null) {
                parked.merge(lacking.key, list.tasks, Long::sum);
            } else if (rate != null) {
                parked.merge(rate.limit(), list.tasks, Long::sum);
                rates.put(rate.limit(), rate);
            }
        });
        Stream<LimitUse> ofRates = rates.values().stream()
                .map(rate -> new LimitUse(
                        rate.limit(),
                        rate.capacity(),
                        rate.used(),
                        0,
                        parked.getOrDefault(rate.limit(), 0L),
                        List.of()));
        Stream<LimitUse> ofLimits = limits.stream()
                .map(limit -> new LimitUse(
                        limit.key,
                        limit.capacity,
                        limit.used,
                        limit.grantedUnits(),
                        parked.getOrDefault(limit.key, 0L),
                        holders(held.getOrDefault(limit.key, Map.of()))));
        return Stream.concat(ofLimits, ofRates)
                .sorted(Comparator.comparing(LimitUse::limit))
                .toList();
    }

    private static List<LimitUse.Holder> holders(Map<Long, Long> units) {
        return units.entrySet().stream()
                .map(entry -> new LimitUse.Holder(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(LimitUse.Holder::units)
                        .reversed()
                        .thenComparingLong(LimitUse.Holder::group))
                .limit(MOST_HOLDERS)
                .toList();
    }
}
