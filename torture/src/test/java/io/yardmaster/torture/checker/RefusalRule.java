package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Accepted.JobKey;
import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.End;
import io.yardmaster.torture.checker.Evidence.EndKind;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A unit is offered once, and once more after each of its refusals that was counted. Only the end of its job or session, or a
 * cancel, excuses that it is not offered again; a cleanup task is offered again even then, and a commit task that the cleanup
 * overtakes is not. {@link GraphHistory} finds tasks of graphs that have no end.
 */
final class RefusalRule {
    private final Map<JobKey, Set<EndKind>> ends = new HashMap<>();
    private final Evidence evidence;
    private final Stories stories;
    private final CountedOutcomes counted;
    private final Set<Long> complete;
    private final Verdict verdict;

    private RefusalRule(
            Evidence evidence, Stories stories, CountedOutcomes counted, Set<Long> complete, Verdict verdict) {
        this.evidence = evidence;
        this.stories = stories;
        this.counted = counted;
        this.complete = complete;
        this.verdict = verdict;
    }

    static void check(
            Evidence evidence,
            Offers offers,
            Stories stories,
            CountedOutcomes counted,
            Set<Long> complete,
            Verdict verdict) {
        RefusalRule rule = new RefusalRule(evidence, stories, counted, complete, verdict);
        for (End end : evidence.ends()) {
            rule.ends
                    .computeIfAbsent(new JobKey(end.session(), end.job()), key -> EnumSet.noneOf(EndKind.class))
                    .add(end.kind());
        }
        offers.all().forEach(rule::check);
    }

    private void check(List<Assigned> ofUnit) {
        for (int at = 1; at < ofUnit.size(); at++) {
            Assigned again = ofUnit.get(at);
            Assigned before = ofUnit.get(at - 1);
            if (!counted.isRefused(before.id()) || counted.of(before.id()).time() > again.time()) {
                verdict.add(Wrong.DUPLICATED, "%s, though %s was not refused before".formatted(again, before));
            }
        }
        Assigned last = ofUnit.get(ofUnit.size() - 1);
        if (counted.isRefused(last.id()) && !isExcused(last)) {
            verdict.add(Wrong.LOST, "%s was refused, and not offered again".formatted(last));
        }
    }

    private boolean isExcused(Assigned refused) {
        JobKey job = new JobKey(refused.session(), refused.job());
        Set<EndKind> ended = ends.getOrDefault(job, Set.of());
        return evidence.isGraph(refused.job())
                || !complete.contains(refused.session())
                || (refused.kind() != Kind.CLEANUP && stories.isCancelled(job))
                || switch (refused.kind()) {
                    case TASK -> !ended.isEmpty();
                    case COMMIT -> ended.contains(EndKind.CLEANUP) || ended.contains(EndKind.ENDED);
                    case CLEANUP -> false;
                };
    }
}
