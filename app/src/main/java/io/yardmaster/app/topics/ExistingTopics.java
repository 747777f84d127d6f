package io.yardmaster.app.topics;

import io.yardmaster.schemas.TopicNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics of a deployment as they are, or would be.
 *
 * @param wanted the topics that are of interest
 * @param partitions of the topics that exist
 * @param cleanupPolicies of those that exist and must be compacted
 */
record ExistingTopics(
        TopicNames names, List<String> wanted, Map<String, Integer> partitions, Map<String, String> cleanupPolicies) {

    List<String> missing() {
        return wanted.stream().filter(name -> !partitions.containsKey(name)).toList();
    }

    /** As it will be when the missing ones have been made. */
    ExistingTopics completedBy(TopicPlan plan) {
        Map<String, Integer> completed = new LinkedHashMap<>(partitions);
        plan.topics().forEach(topic -> completed.putIfAbsent(topic.name(), topic.numPartitions()));
        return new ExistingTopics(names, wanted, completed, cleanupPolicies);
    }

    /** What is wrong with those that exist, one line each. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        List<String> lanes =
                TopicPlan.lanes(names).stream().filter(partitions::containsKey).toList();
        if (lanes.stream().map(partitions::get).distinct().count() > 1) {
            problems.add("the lanes must have equal partition counts: "
                    + lanes.stream()
                            .map(lane -> lane + " has " + partitions.get(lane))
                            .collect(Collectors.joining(", ")));
        }
        for (String topic : TopicPlan.compacted(names)) {
            if (partitions.getOrDefault(topic, 1) != 1) {
                problems.add("topic " + topic + " must have 1 partition, it has " + partitions.get(topic));
            }
            String policy = cleanupPolicies.getOrDefault(topic, TopicConfig.CLEANUP_POLICY_COMPACT);
            if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                problems.add("topic " + topic + " must have cleanup.policy=compact, it has " + policy);
            }
        }
        return problems;
    }
}
