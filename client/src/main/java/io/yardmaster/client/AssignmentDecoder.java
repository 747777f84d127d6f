package io.yardmaster.client;

import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TraceContext;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads assignments out of records. */
final class AssignmentDecoder {
    private final ValueDecoder<TaskAssignment> values;

    AssignmentDecoder(Map<String, String> settings) {
        this.values = new ValueDecoder<>(Topic.DISPATCH, settings);
    }

    /**
     * True if the scheduler wrote the record as an assignment: it has a job's id as its key, or says its session in a header, besides a
     * value. Such a record must not be passed over, even if its value cannot be read.
     */
    static boolean isAssignment(ConsumerRecord<byte[], byte[]> polled) {
        boolean hasKey = polled.key() != null && polled.key().length == Long.BYTES;
        return polled.value() != null && (hasKey || Epoch.read(polled.headers()).isPresent());
    }

    Assignment decode(ConsumerRecord<byte[], byte[]> polled) throws UnusableRecordException, RegistryAwayException {
        TaskAssignment value = values.decode(polled);
        long epoch = Epoch.read(polled.headers()).orElse(value.getSessionId());
        if (epoch != value.getSessionId()) {
            throw new UnusableRecordException("header epoch is " + epoch + ", session_id is " + value.getSessionId());
        }
        return Assignment.of(
                value,
                new TopicPartition(polled.topic(), polled.partition()),
                polled.offset(),
                TraceContext.read(polled.headers()));
    }
}
