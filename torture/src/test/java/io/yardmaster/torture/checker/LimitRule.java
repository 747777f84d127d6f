package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Evidence.LimitSet;
import io.yardmaster.torture.checker.Evidence.Taken;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * No limit is exceeded, over all shards (L4). An assignment of a task holds its units at the latest when it is in the topic, and at
 * least until the first of these was written: an outcome of it, whether it counted or not; an offset of the group behind it; the first
 * event of a newer session. So this count never exceeds the scheduler's. Dispatched tasks keep their units when a limit is lowered,
 * and instances learn of it later, so an assignment must fit into the largest capacity of some time before it was decided. The window of a pool is such
 * a limit, of which a pool that is paused or gone has nothing (L9).
 */
final class LimitRule {
    /** An instance that was stopped for some seconds may go on by the policy of then, unless its session is over. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private final Map<String, TreeMap<Long, Long>> capacities = new HashMap<>();
    private final Map<Integer, TreeMap<Long, Long>> takings;
    private final Map<Long, List<ReportedOutcome>> reports;
    /** The time of the first event of each session. */
    private final TreeMap<Long, Long> begun = new TreeMap<>();

    private final DecisionTimes times;

    private LimitRule(Evidence evidence, DecisionTimes times) {
        this.times = times;
        for (LimitSet set : evidence.limits()) {
            capacities
                    .computeIfAbsent(set.limit(), limit -> new TreeMap<>())
                    .merge(set.time(), set.capacity(), Math::max);
        }
        this.takings = evidence.taken().stream()
                .collect(Collectors.groupingBy(
                        Taken::partition,
                        Collectors.toMap(Taken::offset, Taken::time, Math::min, () -> new TreeMap<>())));
        this.reports = evidence.reported().stream()
                .filter(outcome -> outcome.said() != null)
                .collect(Collectors.groupingBy(outcome -> outcome.said().id()));
        evidence.ready().forEach(event -> begun.merge(event.session(), event.time(), Math::min));
        evidence.ends().forEach(event -> begun.merge(event.session(), event.time(), Math::min));
        evidence.graphs().values().forEach(graph -> begun.merge(graph.terms().session(), graph.time(), Math::min));
    }

    /** Units that are held from now on, or with a negative number not any more. */
    private record Change(long time, long units, Assigned by) {}

    /** Returns the largest part of any limit that was in use, by limit, in percent of its largest capacity. */
    static Map<String, Integer> check(Evidence evidence, DecisionTimes times, Verdict verdict) {
        LimitRule rule = new LimitRule(evidence, times);
        Map<String, List<Change>> changes = new HashMap<>();
        for (Assigned one : evidence.assigned()) {
            GraphPlan plan = one.kind() == Kind.TASK ? evidence.graphs().get(one.job()) : null;
            if (plan != null && one.index() < plan.tasks()) {
                long end = Math.max(one.time() + 1, rule.end(one));
                plan.stepOf(one.index()).holds().forEach((limit, units) -> {
                    List<Change> of = changes.computeIfAbsent(limit, key -> new ArrayList<>());
                    of.add(new Change(one.time(), units, one));
                    of.add(new Change(end, -units, one));
                });
            }
        }
        return changes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        limit -> rule.check(limit.getKey(), limit.getValue(), verdict),
                        Math::max,
                        TreeMap::new));
    }

    private int check(String limit, List<Change> changes, Verdict verdict) {
        changes.sort(Comparator.comparingLong(Change::time).thenComparingLong(Change::units));
        long held = 0;
        long most = 0;
        for (Change change : changes) {
            held += change.units();
            long capacity = change.units() > 0 ? capacity(limit, change.by()) : Long.MAX_VALUE;
            if (held > capacity) {
                verdict.add(
                        Wrong.LIMIT_EXCEEDED,
                        "%d of %d units of %s with %s".formatted(held, capacity, limit, change.by()));
            }
            most = Math.max(most, held);
        }
        long largest = capacities.getOrDefault(limit, new TreeMap<>()).values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        return (int) (100 * most / Math.max(1, largest));
    }

    /** The largest capacity in force between the grace before an assignment was decided, and its time. */
    private long capacity(String limit, Assigned one) {
        TreeMap<Long, Long> of = capacities.getOrDefault(limit, new TreeMap<>());
        long known = times.earliest(one) - GRACE.toMillis();
        Map.Entry<Long, Long> before = of.floorEntry(known);
        long largest = before == null ? 0 : before.getValue();
        for (long other : of.subMap(known, true, one.time(), true).values()) {
            largest = Math.max(largest, other);
        }
        return largest;
    }

    private long end(Assigned one) {
        long end = begun.tailMap(one.session(), false).values().stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(Long.MAX_VALUE);
        for (ReportedOutcome outcome : reports.getOrDefault(one.id(), List.of())) {
            end = Math.min(end, outcome.time());
        }
        for (Map.Entry<Long, Long> taken : takings.getOrDefault(one.partition(), new TreeMap<>())
                .tailMap(one.offset(), false)
                .entrySet()) {
            end = Math.min(end, taken.getValue());
        }
        return end;
    }
}
