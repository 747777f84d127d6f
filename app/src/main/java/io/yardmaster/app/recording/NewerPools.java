package io.yardmaster.app.recording;

import io.yardmaster.schemas.TopicNames;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/** The pools whose topics were made after a recording had begun, and that it therefore does not have. */
final class NewerPools {
    /** The recording is complete, and its user waits for the end of the command. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private NewerPools() {}

    /** A sentence for each such pool, or one if Kafka does not answer. */
    static List<String> notices(Consumer<byte[], byte[]> consumer, TopicNames names, Collection<String> recordedPools) {
        try {
            Set<String> newer = new TreeSet<>(
                    PartitionSpans.pools(consumer.listTopics(PATIENCE).keySet(), names)
                            .values());
            newer.removeAll(recordedPools);
            return newer.stream()
                    .map(pool -> "the pool %s is newer than this recording, which has none of its assignments"
                            .formatted(pool))
                    .toList();
        } catch (KafkaException e) {
            return List.of(
                    "the recording is complete, but Kafka does not say whether there are newer pools, of which it has no assignments: "
                            + e.getMessage());
        }
    }
}
