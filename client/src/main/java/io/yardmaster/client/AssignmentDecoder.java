package io.yardmaster.client;

import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TraceContext;
import io.yardmaster.schemas.serde.RegistryUnavailableException;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads assignments out of records, and tells records that are bad for ever from those that cannot be decoded just now.
 */
final class AssignmentDecoder {
    private final Deserializer<TaskAssignment> values;

    AssignmentDecoder(Map<String, String> settings) {
        this.values = ValueSerdes.of(Topic.DISPATCH, settings).deserializer();
    }

    Assignment decode(ConsumerRecord<byte[], byte[]> polled)
            throws UnreadableAssignmentException, RegistryAwayException {
        TaskAssignment value = value(polled);
        if (value == null) {
            throw new UnreadableAssignmentException("the record has no value");
        }
        long epoch = Epoch.read(polled.headers()).orElse(value.getSessionId());
        if (epoch != value.getSessionId()) {
            throw new UnreadableAssignmentException(
                    "header epoch is " + epoch + ", session_id is " + value.getSessionId());
        }
        return Assignment.of(
                value,
                new TopicPartition(polled.topic(), polled.partition()),
                polled.offset(),
                TraceContext.read(polled.headers()));
    }

    private TaskAssignment value(ConsumerRecord<byte[], byte[]> polled)
            throws UnreadableAssignmentException, RegistryAwayException {
        try {
            return values.deserialize(polled.topic(), polled.headers(), polled.value());
        } catch (SerializationException | RetriableException e) {
            if (mayPass(e)) {
                throw new RegistryAwayException(e);
            }
            throw new UnreadableAssignmentException(e.getMessage());
        }
    }

    /**
     * Our serde throws {@link RegistryUnavailableException}; another may wrap a network error. Avro reports truncated
     * bytes as an end of file.
     */
    private static boolean mayPass(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryUnavailableException
                    || cause instanceof RetriableException
                    || (cause instanceof IOException && !(cause instanceof EOFException))) {
                return true;
            }
        }
        return false;
    }
}
