package io.yardmaster.topology;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.processor.TaskId;

/**
 * Finds the stream task that reads a partition: the sub-topology is the one with the topic as a source, the number is the
 * partition's. A number alone names a stream task in each sub-topology.
 */
final class StreamTasks {
    private final Map<String, Integer> subtopologies;
    private final int scheduling;

    private StreamTasks(Map<String, Integer> subtopologies, int scheduling) {
        this.subtopologies = subtopologies;
        this.scheduling = scheduling;
    }

    /**
     * Reads the sub-topologies of the running topology.
     *
     * @param schedulingSource a topic that the scheduler's sub-topology reads
     */
    static StreamTasks of(Topology topology, String schedulingSource) {
        Map<String, Integer> subtopologies = new HashMap<>();
        for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Source source) {
                    source.topicSet().forEach(topic -> subtopologies.put(topic, part.id()));
                }
            }
        }
        return new StreamTasks(subtopologies, subtopologies.get(schedulingSource));
    }

    private TaskId of(TopicPartition partition) {
        Integer subtopology = subtopologies.get(partition.topic());
        if (subtopology == null) {
            throw new IllegalArgumentException("no sub-topology reads " + partition.topic());
        }
        return new TaskId(subtopology, partition.partition());
    }

    /** Returns the {@code partitions} whose stream task reads none of the {@code others}. */
    Set<TopicPartition> readApartFrom(Collection<TopicPartition> others, Collection<TopicPartition> partitions) {
        Set<TaskId> present = others.stream().map(this::of).collect(Collectors.toSet());
        return partitions.stream()
                .filter(partition -> !present.contains(of(partition)))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The shards among these stream tasks. */
    SortedSet<Integer> shardsOf(Collection<TaskId> tasks) {
        return tasks.stream()
                .filter(task -> task.subtopology() == scheduling)
                .map(TaskId::partition)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The shards among the partitions that a client reads, some of which this topology may not know. */
    SortedSet<Integer> shardsRead(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> Integer.valueOf(scheduling).equals(subtopologies.get(partition.topic())))
                .map(TopicPartition::partition)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
