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
