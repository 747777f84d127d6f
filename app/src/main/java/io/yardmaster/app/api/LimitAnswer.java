package io.yardmaster.app.api;

import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LimitUse;
import io.yardmaster.core.values.LimitUse.Holder;
import io.yardmaster.topology.InstanceQueries;
import io.yardmaster.topology.policy.PolicyRow;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A limit and its use in the whole deployment.
 *
 * @param limit its key
 * @param capacity what the policy says, also if parts of it are in no shard that answers; 0 if it says nothing any more. Of a rate, the
 *     burst of the shards in which tasks wait for it
 * @param used units that assigned tasks hold until they have ended
 * @param reserved for tasks that have their turn next
 * @param parked tasks that wait for it
 * @param holders the groups that hold most of it, most first; those of many small holdings may be missing
 * @param obstacle of a pool of which nothing is dispatched, however much of it is free: "paused by ann"; else empty
 */
public record LimitAnswer(
        String limit,
        long capacity,
        long used,
        long reserved,
        long parked,
        List<HolderAnswer> holders,
        Optional<String> obstacle) {
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
     * @param obstacle of a pool
     */
    static List<LimitAnswer> of(
            Collection<LimitUse> shards, Map<String, Long> policy, Function<String, Optional<String>> obstacle) {
        Map<String, List<LimitUse>> byKey = new HashMap<>();
        policy.keySet().stream()
                .filter(key -> !key.equals(LimitKeys.JOB))
                .forEach(key -> byKey.put(key, new ArrayList<>()));
        shards.forEach(use ->
                byKey.computeIfAbsent(use.limit(), key -> new ArrayList<>()).add(use));
        return byKey.entrySet().stream()
                .map(entry -> of(entry.getKey(), policy.getOrDefault(entry.getKey(), 0L), entry.getValue(), obstacle))
                .sorted(Comparator.comparingLong(LimitAnswer::parked)
                        .thenComparingDouble(answer -> (double) answer.inUse() / Math.max(1, answer.capacity()))
                        .reversed()
                        .thenComparing(LimitAnswer::limit))
                .limit(MOST)
                .toList();
    }

    static List<LimitAnswer> of(DeploymentSnapshot gathered, InstanceQueries here) {
        PolicySnapshot policy = here.policy();
        Map<String, String> problems = here.poolProblems();
        return of(
                gathered.answered().values().stream()
                        .flatMap(shard -> shard.summary().limits().stream())
                        .toList(),
                policy.live().limits(),
                pool -> obstacle(policy.pool(pool), Optional.ofNullable(problems.get(pool))));
    }

    /**
     * The reason for which nothing of a pool is dispatched; empty if there is none.
     *
     * @param entry of the policy
     * @param problem with its topic
     */
    static Optional<String> obstacle(Optional<PolicyRow> entry, Optional<String> problem) {
        if (entry.isEmpty()) {
            return Optional.of("not in the policy any more");
        }
        return entry.get().isPaused()
                ? Optional.of("paused"
                        + (entry.get().by().isEmpty()
                                ? ""
                                : " by " + entry.get().by()))
                : problem;
    }

    private static LimitAnswer of(
            String key, long capacity, List<LimitUse> uses, Function<String, Optional<String>> obstacle) {
        Map<Long, Long> holders = new HashMap<>();
        uses.forEach(use -> use.holders().forEach(holder -> holders.merge(holder.group(), holder.units(), Long::sum)));
        boolean isRate = LimitKeys.isRate(key);
        return new LimitAnswer(
                key,
                isRate ? uses.stream().mapToLong(LimitUse::capacity).sum() : capacity,
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
                        .toList(),
                LimitKeys.isOfPool(key) ? obstacle.apply(LimitKeys.pool(key)) : Optional.empty());
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
