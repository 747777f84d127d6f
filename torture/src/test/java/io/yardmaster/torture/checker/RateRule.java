package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Evidence.RateSet;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * In any time t no more tasks of a group are assigned than burst + rate · t (L7), of all shards together, whatever clocks
 * instances have and however often they die. The time begins when the first of them can have been decided, of which {@link DecisionTimes}
 * knows. Each change of the rate allows one more burst. A shard that is opened on a machine whose clock is ahead counts a minute as passed. Instances learn of
 * changes later, and a time in which some may have known no rate is not judged; nor was the group named before it had its first.
 */
final class RateRule {
    private static final long LEAP_MS = 60_000;
    /** A shard moves to such a machine once in this time at most: that takes several faults. */
    private static final long BETWEEN_LEAPS_MS = 20_000;

    private final DecisionTimes times;
    /** The number of shards, each of which has at least one task of a burst. */
    private final long shards;

    private final Verdict verdict;

    private RateRule(DecisionTimes times, long shards, Verdict verdict) {
        this.times = times;
        this.shards = shards;
        this.verdict = verdict;
    }

    /** The rates that may have been in force in a time: the highest one, the largest burst, and the number of changes. */
    private record Bound(double perSecond, long burst, int changes) {
        double allowed(long millis) {
            long leaps = 1 + millis / BETWEEN_LEAPS_MS;
            return (1 + changes) * burst + perSecond * (millis + leaps * LEAP_MS) / 1_000;
        }
    }

    /** Returns the number of tasks assigned of groups that had a rate. */
    static int check(Evidence evidence, DecisionTimes times, Verdict verdict) {
        long shards = 1L
                + evidence.graphs().values().stream()
                        .mapToInt(GraphPlan::shard)
                        .max()
                        .orElse(0);
        RateRule rule = new RateRule(times, shards, verdict);
        Set<Long> rated = evidence.ratedGroups();
        Map<Long, TreeMap<Long, RateSet>> rates = evidence.rates().stream()
                .filter(set -> rated.contains(set.group()))
                .collect(Collectors.groupingBy(
                        RateSet::group,
                        Collectors.toMap(RateSet::time, set -> set, (one, other) -> other, TreeMap::new)));
        int tasks = 0;
        for (Map.Entry<Long, TreeMap<Long, RateSet>> group : rates.entrySet()) {
            List<Assigned> ofGroup = evidence.assigned().stream()
                    .filter(one -> one.kind() == Kind.TASK && one.group() == group.getKey())
                    .sorted(Comparator.comparingLong(Assigned::time))
                    .toList();
            tasks += ofGroup.size();
            rule.check(ofGroup, group.getValue());
        }
        return tasks;
    }

    /** Looks at each time from one assignment to a later one. */
    private void check(List<Assigned> tasks, NavigableMap<Long, RateSet> rates) {
        for (int first = 0; first < tasks.size(); first++) {
            long from = Long.MAX_VALUE;
            for (int last = first; last < tasks.size(); last++) {
                from = Math.min(from, Math.max(times.earliest(tasks.get(last)), rates.firstKey()));
                long to = tasks.get(last).time();
                Bound bound = bound(rates, from, to);
                if (bound == null) {
                    break; // nor does a longer time have one
                }
                int count = last - first + 1;
                if (count > bound.allowed(to - from)) {
                    verdict.add(
                            Wrong.RATE_EXCEEDED,
                            "%d tasks in %d ms, by %s, to %s".formatted(count, to - from, bound, tasks.get(last)));
                    break;
                }
            }
        }
    }

    /** Null if an instance may have known none. */
    private Bound bound(NavigableMap<Long, RateSet> rates, long from, long to) {
        long known = from - LimitRule.GRACE.toMillis();
        Map.Entry<Long, RateSet> before = rates.floorEntry(known);
        List<RateSet> all = new ArrayList<>(rates.subMap(known, false, to, true).values());
        if (before != null) {
            all.add(0, before.getValue());
        }
        double perSecond = 0;
        long burst = shards;
        for (RateSet set : all) {
            if (set.perSecond() == 0) {
                return null;
            }
            perSecond = Math.max(perSecond, set.perSecond());
            burst = Math.max(burst, set.burst());
        }
        return all.isEmpty() ? null : new Bound(perSecond, burst, all.size() - 1);
    }
}
