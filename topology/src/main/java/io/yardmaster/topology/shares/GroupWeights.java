package io.yardmaster.topology.shares;

import io.yardmaster.schemas.GroupShare;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * What is due to each resource group in one shard: where a group has jobs in several, as much of its turns as
 * it has of its active jobs there, so that all of them together are worth one group (S15, S16).
 */
final class GroupWeights {
    /** With more groups each counts as if it were in this partition alone; shares are not to grow without bound. */
    static final int MOST_GROUPS = 4_096;

    private final Map<Long, Double> weights = new HashMap<>();
    private double largest = 1;

    /** @param own active jobs by group in this partition; elsewhere they count only where there is a backlog */
    static GroupWeights of(int partition, Map<Long, Integer> own, PeerShares board, long now) {
        Map<Long, Integer> elsewhere = new HashMap<>();
        for (int other = 0; other < board.partitions(); other++) {
            if (other != partition && board.competes(other, now)) {
                board.share(other)
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

    /** The largest of them: what a turn is worth to the group that takes one in every cycle. */
    double largest() {
        return largest;
    }

    /** The weights in relation to the largest. */
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
