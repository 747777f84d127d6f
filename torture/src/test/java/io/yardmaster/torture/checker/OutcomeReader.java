package io.yardmaster.torture.checker;

import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Evidence.Unit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the topic of outcomes, in which not every record is one. */
final class OutcomeReader {
    private OutcomeReader() {}

    /** @param name of the topic */
    static List<ReportedOutcome> read(TopicReader topics, String name, Map<String, String> settings) {
        List<ReportedOutcome> reported = new ArrayList<>();
        try (Deserializer<TaskOutcome> values =
                ValueSerdes.of(Topic.OUTCOMES, settings).deserializer()) {
            topics.each(name, message -> reported.add(reported(message, values)));
        }
        return reported;
    }

    private static ReportedOutcome reported(ConsumerRecord<byte[], byte[]> message, Deserializer<TaskOutcome> values) {
        return new ReportedOutcome(
                "%s-%d@%d".formatted(message.topic(), message.partition(), message.offset()),
                message.partition(),
                message.offset(),
                message.timestamp(),
                message.key() == null ? null : ByteBuffer.wrap(message.key()).getLong(),
                said(message, values));
    }

    private static ReportedOutcome.Said said(ConsumerRecord<byte[], byte[]> message, Deserializer<TaskOutcome> values) {
        if (message.value() == null) {
            return null;
        }
        TaskOutcome outcome;
        try {
            outcome = values.deserialize(message.topic(), message.value());
        } catch (RuntimeException e) {
            // The load writes such values on purpose; the scheduler has to refuse them.
            return null;
        }
        Unit unit = new Unit(
                outcome.getSessionId(),
                outcome.getJobId(),
                Kind.valueOf(outcome.getKind().name()),
                outcome.getTaskIndex(),
                outcome.getAttempt());
        return new ReportedOutcome.Said(
                outcome.getAssignmentId(),
                outcome.getResourceGroupId(),
                unit,
                outcome.getResult(),
                outcome.getReason(),
                outcome.getWorker());
    }
}
