package io.yardmaster.app.storage;

import io.yardmaster.schemas.Epoch;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The session of the storage that the scheduler knows. */
public final class KnownSession {
    private static final Duration POLL = Duration.ofMillis(100);

    private KnownSession() {}

    /** The newest session in the sessions topic, or empty. Reads the topic to its present end. */
    public static OptionalLong read(Consumer<?, ?> consumer, String sessionsTopic) {
        TopicPartition partition = new TopicPartition(sessionsTopic, 0);
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        consumer.seekToBeginning(List.of(partition));
        OptionalLong newest = OptionalLong.empty();
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<?, ?> record : consumer.poll(POLL)) {
                OptionalLong epoch = Epoch.read(record.headers());
                newest = epoch.isPresent() ? epoch : newest;
            }
        }
        return newest;
    }
}
