package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Ids are unique and, in each dispatch partition, ascend for each shard; so they show the order in which a shard
 * assigned. In that order no session follows a newer one, in whichever partition. Other shards learn of a newer session
 * a moment later, so for all of them together there is only a time limit.
 */
final class SessionRule {
    /** A shard may be without an instance for this long, and then needs a moment to learn of the session. */
    private static final long NEWS_MILLIS = 30_000;

    private final Evidence evidence;
    private final Accepted accepted;
    private final Verdict verdict;

    private SessionRule(Evidence evidence, Accepted accepted, Verdict verdict) {
        this.evidence = evidence;
        this.accepted = accepted;
        this.verdict = verdict;
    }

    /** Returns the longest time from a session's first assignment to the last one of an older session. */
    static Duration check(Evidence evidence, Accepted accepted, Verdict verdict) {
        SessionRule rule = new SessionRule(evidence, accepted, verdict);
        rule.checkIds();
        rule.checkLanes();
        return rule.longestNews();
    }

    private void checkIds() {
        Set<Long> ids = new HashSet<>();
        Map<List<Integer>, Assigned> latest = new HashMap<>();
        evidence.assigned().stream()
                .sorted(Comparator.comparingInt(Assigned::partition).thenComparingLong(Assigned::offset))
                .forEach(one -> {
                    if (!ids.add(one.id())) {
                        verdict.add(Wrong.ID_USED_TWICE, one.toString());
                    }
                    Assigned before = latest.put(List.of(one.partition(), accepted.shard(one.job())), one);
                    if (before != null && before.session() > one.session()) {
                        verdict.add(Wrong.OLD_SESSION, "%s after %s".formatted(one, before));
                    } else if (before != null && before.id() > one.id()) {
                        verdict.add(Wrong.OUT_OF_ORDER, "%s after %s".formatted(one, before));
                    }
                });
    }

    private void checkLanes() {
        Map<Integer, Assigned> latest = new HashMap<>();
        evidence.assigned().stream()
                .sorted(Comparator.comparingLong(Assigned::id))
                .forEach(one -> {
                    Assigned before = latest.put(accepted.shard(one.job()), one);
                    if (before != null && before.session() > one.session()) {
                        verdict.add(Wrong.OLD_SESSION, "%s, by id after %s".formatted(one, before));
                    }
                });
    }

    private Duration longestNews() {
        TreeMap<Long, Long> begun = new TreeMap<>();
        evidence.assigned().forEach(one -> begun.merge(one.session(), one.time(), Math::min));
        long longest = 0;
        for (Assigned one : evidence.assigned()) {
            Map.Entry<Long, Long> newer = begun.higherEntry(one.session());
            long late = newer == null ? 0 : one.time() - newer.getValue();
            longest = Math.max(longest, late);
            if (late > NEWS_MILLIS) {
                verdict.add(Wrong.OLD_SESSION, "%s, %d ms after a newer one".formatted(one, late));
            }
        }
        return Duration.ofMillis(longest);
    }
}
