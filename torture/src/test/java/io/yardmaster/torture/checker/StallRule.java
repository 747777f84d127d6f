package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Accepted.Origin;
import io.yardmaster.torture.checker.CommandEvidence.Told;
import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The longest time in which the execution managers took no assignment of one of the shards, though one that they took
 * later was ready and not paused. Progress of other shards meanwhile is no excuse.
 */
final class StallRule {
    private StallRule() {}

    /** The times at which a task of a shard was made ready or refused, or its job resumed, and at which it was taken. */
    private record Passage(int shard, long ready, long taken) {}

    static Duration longest(
            Evidence evidence, Accepted accepted, Offers offers, Stories stories, CountedOutcomes counted) {
        Map<Integer, TreeMap<Long, Long>> takings = evidence.taken().stream()
                .collect(Collectors.groupingBy(
                        Taken::partition,
                        Collectors.toMap(Taken::offset, Taken::time, Math::min, () -> new TreeMap<>())));
        List<Passage> passages = new ArrayList<>();
        for (Assigned one : evidence.assigned()) {
            Origin origin = accepted.origin(one.unit());
            Map.Entry<Long, Long> taking =
                    takings.getOrDefault(one.partition(), new TreeMap<>()).higherEntry(one.offset());
            if (evidence.isGraph(one.job()) && taking != null) {
                // Nobody but the scheduler said when it was ready; so it only shows that the shard goes on.
                passages.add(new Passage(accepted.shard(one.job()), one.time(), taking.getValue()));
            } else if (origin != null && taking != null) {
                Told resumed = stories.resumedBefore(one.unit(), offers.place(one));
                Assigned before = offers.before(one);
                ReportedOutcome refusal = before == null ? null : counted.of(before.id());
                long ready = refusal == null ? origin.time() : refusal.time();
                ready = resumed == null ? ready : Math.max(ready, resumed.time());
                passages.add(new Passage(origin.shard(), ready, taking.getValue()));
            }
        }
        return Duration.ofMillis(passages.stream().collect(Collectors.groupingBy(Passage::shard)).values().stream()
                .mapToLong(StallRule::longest)
                .max()
                .orElse(0));
    }

    private static long longest(List<Passage> ofOneShard) {
        List<Passage> passages = ofOneShard.stream()
                .sorted(Comparator.comparingLong(Passage::taken))
                .toList();
        long longest = 0;
        long oldest = Long.MAX_VALUE;
        for (int at = passages.size() - 1; at > 0; at--) {
            oldest = Math.min(oldest, passages.get(at).ready());
            long from = Math.max(oldest, passages.get(at - 1).taken());
            longest = Math.max(longest, passages.get(at).taken() - from);
        }
        return longest;
    }
}
