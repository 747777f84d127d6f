package io.yardmaster.topology;

import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.pacing.RestingPoll;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The consumer of a thread of Streams, whose polls take longer while the instance is idle: see {@link RestingPoll}. */
class RestingConsumer extends KafkaConsumer<byte[], byte[]> {
    private final RestingPoll resting;

    /** @param slice the longest single poll of a rest */
    RestingConsumer(Map<String, Object> config, IdlePacer pacer, Duration slice) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.resting = new RestingPoll(timeout -> super.poll(timeout), super::wakeup, pacer, slice);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return resting.poll(timeout);
    }

    /** Ends a rest, but no other wait of the consumer. May be called by any thread. */
    @Override
    public void wakeup() {
        resting.wake();
    }

    @Override
    public long position(TopicPartition partition) {
        return unlessWoken(() -> super.position(partition));
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        return unlessWoken(() -> super.committed(partitions));
    }

    /** Repeats a call that a wake ended too late for its rest. There is no second wake, because the rest is over. */
    private static <T> T unlessWoken(Supplier<T> call) {
        try {
            return call.get();
        } catch (WakeupException late) {
            return call.get();
        }
    }
}
