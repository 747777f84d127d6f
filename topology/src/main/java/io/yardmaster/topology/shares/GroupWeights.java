package io.yardmaster.topology.shares;

import io.yardmaster.schemas.GroupShare;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * Weights of the resource groups in one shard: (active jobs of the group here) / (its active jobs in all shards), so
 * that a group with jobs in several shards gets one group's turns altogether (S15, S16).
 */
final class GroupWeights {
    /** With more groups, each counts as if it were in this shard alone, so that a published share stays bounded. */
    static final int MOST_GROUPS = 4_096;

    private final Map<Long, Double> weights = new HashMap<>();
    private double largest = 1;

    /** @param own active jobs by group in this shard; elsewhere they count only where there is a backlog */
    static GroupWeights of(int shard, Map<Long, Integer> own, PeerShares peerShares, long now) {
        Map<Long, Integer> elsewhere = new HashMap<>();
        for (int other = 0; other < peerShares.shards(); other++) {
            if (other != shard && peerShares.competes(other, now)) {
                peerShares
                        .share(other)
                        .getGroups()
                        .forEach(group ->
                                elsewhere.merge(group.getResourceGroupId(), group.getActiveJobs(), Integer::sum));
            }
        }
        GroupWeights result = new GroupWeights();
        own.forEach(
                (group, jobs) -> result.weights.put(group, (double) jobs / (jobs + elsewhere.getOrDefault(group, 0))));
        result.largest = result.weights.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        return result;
    }

    /** The largest weight, which is the value of one turn to a group that takes one in every cycle. */
    double largest() {
        return largest;
    }

    /** The weights divided by the largest. */
    Map<Long, Double> relative() {
        Map<Long, Double> relative = new HashMap<>();
        weights.forEach((group, weight) -> relative.put(group, weight / largest));
        return relative;
    }

    static List<GroupShare> shares(Map<Long, Integer> own) {
        if (own.size() > MOST_GROUPS) {
            return List.of();
        }
        return own.entrySet().stream()
                .sorted(Entry.comparingByKey())
                .map(group -> new GroupShare(group.getKey(), group.getValue()))
                .toList();
    }
}
