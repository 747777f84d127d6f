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
 * Notices what is gone and was not taken: a topic begins behind the offset that its group has committed, so its retention, or
 * somebody by hand, has deleted what nobody had read. Counted once, as offsets, which transaction markers take too.
 */
final class LostRecords {
    private static final Logger LOG = LoggerFactory.getLogger(LostRecords.class);

    private final UnaryOperator<String> groupOf;
    /** By partition: where it began when that was last counted. */
    private final Map<TopicPartition, Long> counted = new HashMap<>();

    private final SortedMap<String, Long> byTopic = new TreeMap<>();

    /** @param groupOf which group takes what is in a topic */
    LostRecords(UnaryOperator<String> groupOf) {
        this.groupOf = groupOf;
    }

    synchronized void look(Map<TopicPartition, Long> taken, Map<TopicPartition, Long> starts) {
        taken.forEach((partition, offset) -> {
            long start = starts.getOrDefault(partition, 0L);
            long from = Math.max(offset, counted.getOrDefault(partition, 0L));
            if (start > from) {
                counted.put(partition, start);
                byTopic.merge(partition.topic(), start - from, Long::sum);
                LOG.error(
                        "lost: {} begins at offset {}, but group {} has taken it only up to {}; what lay between was deleted"
                                + " before anybody took it, by the topic's retention or by hand",
                        partition,
                        start,
                        groupOf.apply(partition.topic()),
                        offset);
            }
        });
    }

    /** How many offsets were lost in this topic. */
    synchronized long of(String topic) {
        return byTopic.getOrDefault(topic, 0L);
    }
}
