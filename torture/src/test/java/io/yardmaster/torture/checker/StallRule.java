package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Accepted.Origin;
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
 * The longest time in which the execution managers took nothing of one of the shards, though something of it that
 * they took later was ready. Others that go on meanwhile excuse nothing.
 */
final class StallRule {
    private StallRule() {}

    /** When a task was made ready, and when it was taken. */
    private record Way(int lane, long ready, long taken) {}

    static Duration longest(Evidence evidence, Accepted accepted) {
        Map<Integer, TreeMap<Long, Long>> takings = evidence.taken().stream()
                .collect(Collectors.groupingBy(
                        Taken::partition,
                        Collectors.toMap(Taken::offset, Taken::time, Math::min, () -> new TreeMap<>())));
        List<Way> ways = new ArrayList<>();
        for (Assigned one : evidence.assigned()) {
            Origin origin = accepted.origin(one.unit());
            Map.Entry<Long, Long> taking =
                    takings.getOrDefault(one.partition(), new TreeMap<>()).higherEntry(one.offset());
            if (origin != null && taking != null) {
                ways.add(new Way(origin.lane(), origin.time(), taking.getValue()));
            }
        }
        return Duration.ofMillis(ways.stream().collect(Collectors.groupingBy(Way::lane)).values().stream()
                .mapToLong(StallRule::longest)
                .max()
                .orElse(0));
    }

    private static long longest(List<Way> ofOneLane) {
        List<Way> ways =
                ofOneLane.stream().sorted(Comparator.comparingLong(Way::taken)).toList();
        long longest = 0;
        long oldest = Long.MAX_VALUE;
        for (int at = ways.size() - 1; at > 0; at--) {
            oldest = Math.min(oldest, ways.get(at).ready());
            long from = Math.max(oldest, ways.get(at - 1).taken());
            longest = Math.max(longest, ways.get(at).taken() - from);
        }
        return longest;
    }
}
