package io.yardmaster.app.api;

import io.yardmaster.topology.config.GroupType;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.views.FleetGroup;
import io.yardmaster.topology.views.InstanceSnapshot;
import io.yardmaster.topology.views.InstanceSnapshot.WindowState;
import io.yardmaster.topology.window.PollBackoff;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The dispatch window of the whole deployment. */
public record WindowAnswer(
        long capacity, long used, boolean fresh, long ageMs, PollBackoff breaker, List<PartitionUse> partitions) {
    private static final List<PollBackoff> BEST_FIRST =
            List.of(PollBackoff.CLOSED, PollBackoff.HALF_OPEN, PollBackoff.OPEN);

    /** The outstanding assignments of a dispatch partition, and the member of the group that reads it. */
    public record PartitionUse(int partition, long used, Optional<String> owner) {}

    static WindowAnswer of(SchedulerConfig config, DeploymentSnapshot gathered, long[] used, FleetGroup fleet) {
        List<WindowState> windows =
                gathered.snapshots().stream().map(InstanceSnapshot::window).toList();
        Map<Integer, String> owners = new HashMap<>();
        if (config.dispatchGroupType() == GroupType.CONSUMER) {
            fleet.members().forEach(member -> member.partitions()
                    .forEach(partition -> owners.put(partition, member.clientId())));
        }
        return new WindowAnswer(
                capacity(config, gathered),
                Arrays.stream(used).sum(),
                windows.stream().allMatch(WindowState::fresh),
                windows.stream().mapToLong(WindowState::ageMs).max().orElse(0),
                windows.stream()
                        .map(WindowState::breaker)
                        .max(Comparator.comparing(BEST_FIRST::indexOf))
                        .orElse(PollBackoff.CLOSED),
                IntStream.range(0, used.length)
                        .mapToObj(partition -> new PartitionUse(
                                partition, used[partition], Optional.ofNullable(owners.get(partition))))
                        .toList());
    }

    /** The number of assignments that may be outstanding: the sum of the shards' grants, within what is set. */
    static long capacity(SchedulerConfig config, DeploymentSnapshot gathered) {
        long granted = gathered.answered().values().stream()
                .mapToLong(shard -> shard.summary().granted())
                .sum();
        return Math.max(
                config.dispatchCapacity().least(),
                Math.min(config.dispatchCapacity().most(), granted));
    }
}
