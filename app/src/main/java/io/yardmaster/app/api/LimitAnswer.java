package io.yardmaster.app.api;

import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LimitUse;
import io.yardmaster.core.values.LimitUse.Holder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A limit and its use in the whole deployment.
 *
 * @param limit its key
 * @param capacity what the policy says, also if parts of it are in no shard that answers; 0 if it says nothing any more
 * @param used units that assigned tasks hold until they have ended
 * @param reserved for tasks that have their turn next
 * @param parked tasks that wait for it
 * @param holders the groups that hold most of it, most first; those of many small holdings may be missing
 */
public record LimitAnswer(
        String limit, long capacity, long used, long reserved, long parked, List<HolderAnswer> holders) {
    private static final int MOST = 1_000;
    private static final int MOST_HOLDERS = 5;

    /** The units that tasks of a resource group hold. */
    public record HolderAnswer(String group, long units) {}

    /** Answer of {@code /api/limits}. */
    record All(List<LimitAnswer> limits) {}

    /**
     * The limits of the policy and those that shards use: the most wanted first, then the fullest.
     *
     * @param shards what shards say of limits
     * @param policy capacities by key
     */
    static List<LimitAnswer> of(Collection<LimitUse> shards, Map<String, Long> policy) {
        Map<String, List<LimitUse>> byKey = new HashMap<>();
        policy.keySet().stream()
                .filter(key -> !key.equals(LimitKeys.JOB))
                .forEach(key -> byKey.put(key, new ArrayList<>()));
        shards.forEach(use ->
                byKey.computeIfAbsent(use.limit(), key -> new ArrayList<>()).add(use));
        return byKey.entrySet().stream()
                .map(entry -> of(entry.getKey(), policy.getOrDefault(entry.getKey(), 0L), entry.getValue()))
                .sorted(Comparator.comparingLong(LimitAnswer::parked)
                        .thenComparingDouble(answer -> (double) answer.inUse() / Math.max(1, answer.capacity()))
                        .reversed()
                        .thenComparing(LimitAnswer::limit))
                .limit(MOST)
                .toList();
    }

    static List<LimitAnswer> of(DeploymentSnapshot gathered, Map<String, Long> policy) {
        return of(
                gathered.answered().values().stream()
                        .flatMap(lane -> lane.summary().limits().stream())
                        .toList(),
                policy);
    }

    private static LimitAnswer of(String key, long capacity, List<LimitUse> uses) {
        Map<Long, Long> holders = new HashMap<>();
        uses.forEach(use -> use.holders().forEach(holder -> holders.merge(holder.group(), holder.units(), Long::sum)));
        return new LimitAnswer(
                key,
                capacity,
                uses.stream().mapToLong(LimitUse::used).sum(),
                uses.stream().mapToLong(LimitUse::granted).sum(),
                uses.stream().mapToLong(LimitUse::parked).sum(),
                holders.entrySet().stream()
                        .map(entry -> new Holder(entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparingLong(Holder::units)
                                .reversed()
                                .thenComparingLong(Holder::group))
                        .limit(MOST_HOLDERS)
                        .map(holder -> new HolderAnswer(Long.toString(holder.group()), holder.units()))
                        .toList());
    }

    /** The units that nobody else can have. */
    public long inUse() {
        return used + reserved;
    }

    /** The group that holds more than half of the used units; empty if none does. */
    public Optional<String> mostlyBy() {
        return holders.stream()
                .findFirst()
                .filter(holder -> 2 * holder.units() > used)
                .map(HolderAnswer::group);
    }
}
