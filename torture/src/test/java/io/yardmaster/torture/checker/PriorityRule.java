package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.CommandEvidence.Told;
import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Higher priority first, strictly (L1), in each shard and over restarts: between two turns of a job that has had work all the time no job of a lower
 * priority has one. The events of a job tell which priority it has at each of its turns; the job had it in between as well if none of them
 * changed or paused it there. {@link JobTurns} knows whether it had work. Jobs of groups with a rate may wait for that. Tasks of pools go by the order of
 * their pool, and one that is offered again after a refusal may have waited elsewhere.
 */
final class PriorityRule {
    private final Evidence evidence;
    private final Accepted accepted;
    private final Offers offers;
    private final Stories stories;
    private final Verdict verdict;
    private final Set<Long> rated;

    private PriorityRule(Evidence evidence, Accepted accepted, Offers offers, Stories stories, Verdict verdict) {
        this.evidence = evidence;
        this.accepted = accepted;
        this.offers = offers;
        this.stories = stories;
        this.verdict = verdict;
        this.rated = evidence.ratedGroups();
    }

    static void check(Evidence evidence, Accepted accepted, Offers offers, Stories stories, Verdict verdict) {
        PriorityRule rule = new PriorityRule(evidence, accepted, offers, stories, verdict);
        Map<List<Long>, List<Assigned>> shards = evidence.assigned().stream()
                .filter(one -> one.kind() == Kind.TASK && one.pool().isEmpty())
                .sorted(Comparator.comparingLong(Assigned::id))
                .collect(Collectors.groupingBy(one -> List.of((long) accepted.shard(one.job()), one.session())));
        shards.values().forEach(rule::check);
    }

    private void check(List<Assigned> rotation) {
        JobTurns turns = new JobTurns(accepted, offers);
        Map<Long, Integer> latest = new HashMap<>();
        for (int at = 0; at < rotation.size(); at++) {
            Assigned one = rotation.get(at);
            if (accepted.origin(one.unit()) == null) {
                continue; // nobody but the scheduler knows when a task of a graph could run
            }
            Integer before = latest.put(one.job(), at);
            if (turns.hadWorkBefore(one) && !rated.contains(one.group()) && isUnchanged(rotation.get(before), one)) {
                checkBetween(rotation, before, at);
            }
        }
    }

    private boolean isUnchanged(Assigned from, Assigned to) {
        return Objects.equals(resumedBefore(from), resumedBefore(to))
                && Objects.equals(prioritizedBefore(from), prioritizedBefore(to));
    }

    private Told resumedBefore(Assigned one) {
        return stories.resumedBefore(one.unit(), offers.place(one));
    }

    private Told prioritizedBefore(Assigned one) {
        return stories.prioritizedBefore(one.unit(), offers.place(one));
    }

    private int priority(Assigned one) {
        Told told = prioritizedBefore(one);
        GraphPlan graph = evidence.graphs().get(one.job());
        int first = graph == null ? 0 : graph.terms().priority();
        return told == null ? first : told.priority();
    }

    private void checkBetween(List<Assigned> rotation, int from, int to) {
        Assigned waiting = rotation.get(to);
        int priority = priority(waiting);
        for (Assigned other : rotation.subList(from + 1, to)) {
            if (offers.isFirst(other) && priority(other) < priority) {
                verdict.add(
                        Wrong.OUT_OF_PRIORITY,
                        "%s, of priority %d, before %s, of priority %d"
                                .formatted(other, priority(other), waiting, priority));
            }
        }
    }
}
