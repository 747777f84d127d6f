package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ids are unique and, in each dispatch partition, ascend for each lane partition. In what a lane partition assigns no
 * session follows a newer one. Other lane partitions hear of a newer session a moment later, so for all of them together
 * there is only a limit of time.
 */
final class SessionRule {
    /** A lane partition may be without an instance for this long, and then needs a moment to hear of it. */
    private static final long NEWS_MILLIS = 30_000;

    private SessionRule() {}

    static void check(Evidence evidence, Accepted accepted, Verdict verdict) {
        Set<Long> ids = new HashSet<>();
        Map<List<Integer>, Assigned> latest = new HashMap<>();
        Map<Long, Long> begun = new HashMap<>();
        List<Assigned> inOrder = evidence.assigned().stream()
                .sorted(Comparator.comparingInt(Assigned::partition).thenComparingLong(Assigned::offset))
                .toList();
        for (Assigned one : inOrder) {
            if (!ids.add(one.id())) {
                verdict.add(Wrong.ID_USED_TWICE, one.toString());
            }
            begun.merge(one.session(), one.time(), Math::min);
            Assigned before = latest.put(List.of(one.partition(), accepted.lane(one.job())), one);
            if (before != null && before.session() > one.session()) {
                verdict.add(Wrong.OLD_SESSION, "%s after %s".formatted(one, before));
            } else if (before != null && before.id() > one.id()) {
                verdict.add(Wrong.OUT_OF_ORDER, "%s after %s".formatted(one, before));
            }
        }
        for (Assigned one : inOrder) {
            Long newer = begun.get(one.session() + 1);
            if (newer != null && one.time() > newer + NEWS_MILLIS) {
                verdict.add(Wrong.OLD_SESSION, "%s, %d ms after a newer one".formatted(one, one.time() - newer));
            }
        }
    }
}
