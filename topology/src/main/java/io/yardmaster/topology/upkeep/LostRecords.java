package io.yardmaster.topology.upkeep;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices records that were deleted before they were taken, by the topic's retention or by hand: the topic begins
 * behind the offset that its group has committed. Counts them once, as offsets, of which transaction markers take some,
 * too.
 */
final class LostRecords {
    private static final Logger LOG = LoggerFactory.getLogger(LostRecords.class);

    private final UnaryOperator<String> groupOf;
    /** By partition: its first offset when lost records were last counted. */
    private final Map<TopicPartition, Long> counted = new HashMap<>();

    private final SortedMap<String, Long> byTopic = new TreeMap<>();

    /** @param groupOf the group that takes a topic's records */
    LostRecords(UnaryOperator<String> groupOf) {
        this.groupOf = groupOf;
    }

    synchronized void check(Map<TopicPartition, Long> taken, Map<TopicPartition, Long> starts) {
        taken.forEach((partition, offset) -> {
            long start = starts.getOrDefault(partition, 0L);
            long from = Math.max(offset, counted.getOrDefault(partition, 0L));
            if (start > from) {
                counted.put(partition, start);
                byTopic.merge(partition.topic(), start - from, Long::sum);
                LOG.error(
                        "lost: {} begins at offset {}, but group {} has taken it only up to {}; records between them were deleted"
                                + " before anybody took them, by the topic's retention or by hand",
                        partition,
                        start,
                        groupOf.apply(partition.topic()),
                        offset);
            }
        });
    }

    /** Number of lost offsets of this topic and, if it is the dispatch topic, of those of its pools. */
    synchronized long of(String topic) {
        String pools = topic + ".";
        return byTopic.entrySet().stream()
                .filter(each -> each.getKey().equals(topic) || each.getKey().startsWith(pools))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
