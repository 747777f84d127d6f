package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.torture.checker.Accepted.JobKey;
import io.yardmaster.torture.checker.Accepted.Origin;
import io.yardmaster.torture.checker.CommandEvidence.Told;
import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Evidence.Unit;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Jobs take turns, over restarts too: between two turns of a job that has had work all the time, no other job has two.
 * A job surely had work if a task made ready behind its next one had been assigned before. A job that was paused is resumed
 * behind all others, so a pause between two turns of it excuses both jobs. Jobs that were given a priority are left out, as they go
 * before or after all others. The rule holds where every job of the shard fits among the active ones.
 */
final class TurnRule {
    private final Accepted accepted;
    private final Offers offers;
    private final Stories stories;
    private final Verdict verdict;

    private TurnRule(Accepted accepted, Offers offers, Stories stories, Verdict verdict) {
        this.accepted = accepted;
        this.offers = offers;
        this.stories = stories;
        this.verdict = verdict;
    }

    static void check(Evidence evidence, Accepted accepted, Offers offers, Stories stories, Verdict verdict) {
        Set<JobKey> prioritized = evidence.commands().told().stream()
                .filter(told -> told.what() == JobEventKind.JOB_PRIORITIZED)
                .map(told -> new JobKey(told.session(), told.job()))
                .collect(Collectors.toSet());
        TurnRule rule = new TurnRule(accepted, offers, stories, verdict);
        Map<List<Long>, List<Assigned>> rotations = evidence.assigned().stream()
                .filter(one -> one.kind() == Kind.TASK && accepted.origin(one.unit()) != null)
                .filter(one -> !prioritized.contains(new JobKey(one.session(), one.job())))
                .sorted(Comparator.comparingLong(Assigned::id))
                .collect(Collectors.groupingBy(one -> List.of((long) accepted.shard(one.job()), one.session())));
        rotations.values().forEach(rule::check);
    }

    private void check(List<Assigned> rotation) {
        long takenIn = -1;
        Map<Long, Integer> latest = new HashMap<>();
        Map<Long, Boolean> hadMore = new HashMap<>();
        Map<JobKey, Integer> turns = new HashMap<>();
        for (int at = 0; at < rotation.size(); at++) {
            Assigned one = rotation.get(at);
            takenIn = Math.max(takenIn, accepted.origin(one.unit()).offset());
            Integer before = latest.put(one.job(), at);
            if (before != null && hadMore.get(one.job()) && !wasPaused(rotation.get(before), one)) {
                checkBetween(rotation, before, at);
            }
            // A refused task that is offered again has a turn, and leaves the next one where it was.
            int turn = turns.merge(new JobKey(one.session(), one.job()), offers.isFirst(one) ? 1 : 0, Integer::sum);
            hadMore.put(one.job(), nextWaits(one, turn, takenIn));
        }
    }

    private boolean nextWaits(Assigned one, int turn, long takenIn) {
        List<Unit> tasks = accepted.of(new JobKey(one.session(), one.job()));
        if (turn >= tasks.size()) {
            return false;
        }
        Origin next = accepted.origin(tasks.get(turn));
        return next.offset() <= takenIn;
    }

    private boolean wasPaused(Assigned from, Assigned to) {
        return !Objects.equals(resumedBefore(from), resumedBefore(to));
    }

    private Told resumedBefore(Assigned one) {
        return stories.resumedBefore(one.unit(), offers.place(one));
    }

    private void checkBetween(List<Assigned> rotation, int from, int to) {
        Map<Long, Assigned> others = new HashMap<>();
        for (Assigned other : rotation.subList(from + 1, to)) {
            Assigned before = others.put(other.job(), other);
            if (before != null && !wasPaused(before, other)) {
                verdict.add(
                        Wrong.OUT_OF_TURN,
                        "%s before the next of job %d"
                                .formatted(other, rotation.get(from).job()));
            }
        }
    }
}
