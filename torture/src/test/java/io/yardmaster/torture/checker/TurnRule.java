package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.torture.checker.Accepted.JobKey;
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
 * Jobs take turns, over restarts too: between two turns of a job that has had work all the time, no other job has two.
 * {@link JobTurns} knows whether it had. A job that was paused is resumed
 * behind all others, so a pause between two turns of it excuses both jobs. Jobs that were given a priority are left out, as they go
 * before or after all others, and those of groups that have a rate, for which they may wait. The rule holds where every job of the shard fits among the
 * active ones.
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

    /** @param byGroup true if groups take turns by weight, so that only the jobs of a group have them alike */
    static void check(
            Evidence evidence, boolean byGroup, Accepted accepted, Offers offers, Stories stories, Verdict verdict) {
        Set<JobKey> prioritized = evidence.commands().told().stream()
                .filter(told -> told.what() == JobEventKind.JOB_PRIORITIZED)
                .map(told -> new JobKey(told.session(), told.job()))
                .collect(Collectors.toSet());
        Set<Long> rated = evidence.ratedGroups();
        TurnRule rule = new TurnRule(accepted, offers, stories, verdict);
        Map<List<Long>, List<Assigned>> rotations = evidence.assigned().stream()
                .filter(one -> one.kind() == Kind.TASK && accepted.origin(one.unit()) != null)
                .filter(one -> !prioritized.contains(new JobKey(one.session(), one.job())))
                .filter(one -> !rated.contains(one.group()))
                .sorted(Comparator.comparingLong(Assigned::id))
                .collect(Collectors.groupingBy(
                        one -> List.of((long) accepted.shard(one.job()), one.session(), byGroup ? one.group() : -1)));
        rotations.values().forEach(rule::check);
    }

    private void check(List<Assigned> rotation) {
        JobTurns turns = new JobTurns(accepted, offers);
        Map<Long, Integer> latest = new HashMap<>();
        for (int at = 0; at < rotation.size(); at++) {
            Assigned one = rotation.get(at);
            Integer before = latest.put(one.job(), at);
            if (turns.hadWorkBefore(one) && !wasPaused(rotation.get(before), one)) {
                checkBetween(rotation, before, at);
            }
        }
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
