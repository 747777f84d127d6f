package io.yardmaster.app.topics;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.topology.config.GroupType;
import io.yardmaster.topology.upkeep.TopicLosses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics of a deployment as they are, or as a plan would complete them.
 *
 * @param groupType the type of the group that reads the dispatch topic
 * @param changelogs names of the changelogs, which Kafka Streams makes: that of the shards, and that of placement
 * @param wanted names of the topics to look at
 * @param partitions partition counts of the topics that exist
 * @param ofPools names of the dispatch topics of pools that exist and may be described
 * @param configs settings of all topics that exist and may be described
 */
record ExistingTopics(
        TopicNames names,
        GroupType groupType,
        List<String> changelogs,
        List<String> wanted,
        Map<String, Integer> partitions,
        Collection<String> ofPools,
        Map<String, Map<String, String>> configs) {

    List<String> missing() {
        return wanted.stream().filter(name -> !partitions.containsKey(name)).toList();
    }

    /** The topics as they will be when the missing ones have been made. */
    ExistingTopics completedBy(TopicPlan plan) {
        Map<String, Integer> completed = new LinkedHashMap<>(partitions);
        plan.topics().forEach(topic -> completed.putIfAbsent(topic.name(), topic.numPartitions()));
        return new ExistingTopics(names, groupType, changelogs, wanted, completed, ofPools, configs);
    }

    /** Reasons why existing topics cannot be used, one line each. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        addShardCounts(problems);
        addHostCounts(problems);
        for (String topic : TopicPlan.single(names)) {
            if (partitions.getOrDefault(topic, 1) != 1) {
                problems.add("topic " + topic + " must have 1 partition, it has " + partitions.get(topic));
            }
        }
        for (String topic : TopicPlan.compacted(names)) {
            require(topic, TopicConfig.CLEANUP_POLICY_COMPACT, problems);
        }
        for (String topic : TopicPlan.uncompacted(names)) {
            require(topic, TopicConfig.CLEANUP_POLICY_DELETE, problems);
        }
        return problems;
    }

    /** The number of partitions of the lanes and of commands, as the first of those that exist has it. */
    Optional<Integer> shardPartitions() {
        return existingShardTopics().stream().findFirst().map(partitions::get);
    }

    private List<String> existingShardTopics() {
        return TopicPlan.shardTopics(names).stream()
                .filter(partitions::containsKey)
                .toList();
    }

    private void addShardCounts(List<String> problems) {
        List<String> existing = existingShardTopics();
        if (existing.stream().map(partitions::get).distinct().count() > 1) {
            problems.add("the lanes, graphs, commands and outcomes must have equal partition counts: "
                    + existing.stream()
                            .map(topic -> topic + " has " + partitions.get(topic))
                            .collect(Collectors.joining(", ")));
            return;
        }
        if (existing.isEmpty()) {
            return;
        }
        int count = partitions.get(existing.get(0));
        String changelog = changelogs.get(0);
        if (partitions.getOrDefault(changelog, count) != count) {
            problems.add(
                    ("topic %s has %s partition(s), but the scheduler's state, topic %s, has %s: a job's state lies in"
                                    + " the partition that its id leads to, so the number of a lane's partitions cannot be changed"
                                    + " ('From nothing' in docs/operations.md is the way to another number)")
                            .formatted(existing.get(0), count, changelog, partitions.get(changelog)));
        }
        String dispatch = names.of(Topic.DISPATCH);
        if (groupType == GroupType.SHARE && partitions.getOrDefault(dispatch, count) < count) {
            problems.add("dispatch.group.type=share: topic " + dispatch + " has " + partitions.get(dispatch)
                    + " partitions, must have at least as many as each lane, " + count);
        }
    }

    private void addHostCounts(List<String> problems) {
        List<String> existing = TopicPlan.ofHosts(names).stream()
                .filter(partitions::containsKey)
                .toList();
        if (existing.stream().map(partitions::get).distinct().count() > 1) {
            problems.add(existing.stream()
                    .map(topic -> topic + " has " + partitions.get(topic))
                    .collect(Collectors.joining(
                            ", ", "the topics of hosts and offers must have equal partition counts: ", "")));
            return;
        }
        if (existing.isEmpty()) {
            return;
        }
        int count = partitions.get(existing.get(0));
        String changelog = changelogs.get(1);
        if (partitions.getOrDefault(changelog, count) != count) {
            problems.add(
                    ("topic %s has %s partition(s), but the state of placement, topic %s, has %s: a pool's hosts and tasks lie"
                                    + " in the partition that its name leads to, so the number of partitions of hosts and offers cannot"
                                    + " be changed ('Moving partitions' in docs/operations.md is the way to another number)")
                            .formatted(existing.get(0), count, changelog, partitions.get(changelog)));
        }
    }

    private void require(String topic, String policy, List<String> problems) {
        String actual = configs.getOrDefault(topic, Map.of()).getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, policy);
        if (!actual.equals(policy)) {
            problems.add("topic " + topic + " must have cleanup.policy=" + policy + ", it has " + actual);
        }
    }

    /** Settings that make existing topics lose records, by the topic's name. */
    Map<String, Map<String, String>> losses() {
        Map<String, Map<String, String>> losses = new LinkedHashMap<>();
        keeping().forEach((topic, wantedConfigs) -> {
            Map<String, String> wrong = TopicLosses.in(configs.getOrDefault(topic, Map.of()), wantedConfigs);
            if (!wrong.isEmpty()) {
                losses.put(topic, wrong);
            }
        });
        return losses;
    }

    /** Settings that topics need so that they lose no records, by the topic's name. */
    Map<String, Map<String, String>> keeping() {
        return TopicPlan.keeping(names, groupType, changelogs, ofPools);
    }

    /** The same as a line for each topic, with the command that mends it. */
    List<String> lossLines() {
        Map<String, Map<String, String>> keeping = keeping();
        return losses().entrySet().stream()
                .map(loss -> TopicLosses.line(loss.getKey(), loss.getValue(), keeping.get(loss.getKey())))
                .toList();
    }
}
