package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Accepted.JobKey;
import io.yardmaster.torture.checker.Accepted.Origin;
import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Evidence.Unit;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Jobs take turns, over restarts too: between two turns of a job that has had work all the time, no other job has two.
 * A job surely had work if a task made ready behind its next one had been assigned before. The rule holds where every
 * job of the shard fits among the active ones.
 */
final class TurnRule {
    private TurnRule() {}

    static void check(Evidence evidence, Accepted accepted, Verdict verdict) {
        Map<List<Long>, List<Assigned>> rotations = evidence.assigned().stream()
                .filter(one -> one.kind() == Kind.TASK && accepted.origin(one.unit()) != null)
                .sorted(Comparator.comparingLong(Assigned::id))
                .collect(Collectors.groupingBy(one -> List.of((long) accepted.shard(one.job()), one.session())));
        rotations.values().forEach(rotation -> check(rotation, accepted, verdict));
    }

    private static void check(List<Assigned> rotation, Accepted accepted, Verdict verdict) {
        long takenIn = -1;
        Map<Long, Integer> latest = new HashMap<>();
        Map<Long, Boolean> hadMore = new HashMap<>();
        Map<JobKey, Integer> turns = new HashMap<>();
        for (int at = 0; at < rotation.size(); at++) {
            Assigned one = rotation.get(at);
            takenIn = Math.max(takenIn, accepted.origin(one.unit()).offset());
            Integer before = latest.put(one.job(), at);
            if (before != null && hadMore.get(one.job())) {
                checkBetween(rotation, before, at, verdict);
            }
            int turn = turns.merge(new JobKey(one.session(), one.job()), 1, Integer::sum);
            hadMore.put(one.job(), nextWaits(accepted, one, turn, takenIn));
        }
    }

    private static boolean nextWaits(Accepted accepted, Assigned one, int turn, long takenIn) {
        List<Unit> tasks = accepted.of(new JobKey(one.session(), one.job()));
        if (turn >= tasks.size()) {
            return false;
        }
        Origin next = accepted.origin(tasks.get(turn));
        return next.offset() <= takenIn;
    }

    private static void checkBetween(List<Assigned> rotation, int from, int to, Verdict verdict) {
        Set<Long> others = new HashSet<>();
        for (Assigned other : rotation.subList(from + 1, to)) {
            if (!others.add(other.job())) {
                verdict.add(
                        Wrong.OUT_OF_TURN,
                        "%s before the next of job %d"
                                .formatted(other, rotation.get(from).job()));
            }
        }
    }
}
