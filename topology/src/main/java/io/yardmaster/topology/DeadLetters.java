package io.yardmaster.topology;

import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.serde.RegistryUnavailableException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends records that cannot be read or make no sense to the dead-letter topic: as received, as far as that fits into a
 * record, with reason and origin in headers, in the same transaction as their offsets. Any other failure is no fault of
 * the record, and stops the stream thread. {@link SentLetters} sees to it that letters are reported.
 */
public final class DeadLetters implements DeserializationExceptionHandler, ProcessingExceptionHandler {
    /** The setting that holds the {@link DeadLetterLimit}. */
    static final String LIMIT = "yardmaster.dead.letter.limit";

    /** The setting that holds the names of the topics whose records have timestamps of {@link OvertakingTime}. */
    static final String OVERTAKING_TOPICS = "yardmaster.overtaking.topics";

    /** The setting that holds the name of the topic of outcomes. */
    static final String OUTCOMES_TOPIC = "yardmaster.outcomes.topic";

    /** The setting that holds the {@link RefusedOutcomes}; without it they are not noted. */
    static final String REFUSED_OUTCOMES = "yardmaster.refused.outcomes";

    private static final int MOST_CAUSES = 100;

    private String deadLetterTopic;
    private DeadLetterLimit limit;
    private Set<?> overtaking;
    private Object outcomesTopic;
    private RefusedOutcomes refusedOutcomes;

    @Override
    public void configure(Map<String, ?> settings) {
        deadLetterTopic = String.valueOf(settings.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG));
        limit = (DeadLetterLimit) settings.get(LIMIT);
        overtaking = (Set<?>) settings.get(OVERTAKING_TOPICS);
        outcomesTopic = settings.get(OUTCOMES_TOPIC);
        refusedOutcomes = (RefusedOutcomes) settings.get(REFUSED_OUTCOMES);
    }

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        if (isOutage(exception)) {
            return DeserializationExceptionHandler.Response.fail();
        }
        note(context, record.key(), null);
        return DeserializationExceptionHandler.Response.resume(
                List.of(deadLetter(context, context.timestamp(), record.key(), record.value(), exception)));
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (!(exception instanceof InvalidEventException)) {
            return ProcessingExceptionHandler.Response.fail();
        }
        note(context, context.sourceRawKey(), record.value());
        long timestamp = overtaking.contains(context.topic())
                ? OvertakingTime.restored(context.timestamp())
                : context.timestamp();
        return ProcessingExceptionHandler.Response.resume(
                List.of(deadLetter(context, timestamp, context.sourceRawKey(), context.sourceRawValue(), exception)));
    }

    /** Has the shard take note of an outcome, by its key's job and its own. */
    private void note(ErrorHandlerContext context, byte[] key, Object value) {
        if (refusedOutcomes == null || !context.topic().equals(outcomesTopic)) {
            return;
        }
        if (key != null && key.length == Long.BYTES) {
            refusedOutcomes.add(context.partition(), ByteBuffer.wrap(key).getLong());
        }
        if (value instanceof TaskOutcome outcome) {
            refusedOutcomes.add(context.partition(), outcome.getJobId());
        }
    }

    private ProducerRecord<byte[], byte[]> deadLetter(
            ErrorHandlerContext context, long timestamp, byte[] key, byte[] value, Exception exception) {
        String message = exception.getMessage();
        String reason =
                message == null || message.isBlank() ? exception.getClass().getName() : message;
        return DeadLetterRecord.of(deadLetterTopic, context, timestamp, key, value, reason, limit.bytes());
    }

    /** An outage of the registry, behind our serde or another one, says nothing about the record. */
    private static boolean isOutage(Throwable exception) {
        Throwable cause = exception;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
            if (cause instanceof RegistryUnavailableException
                    || cause instanceof SocketException
                    || cause instanceof UnknownHostException
                    || cause instanceof InterruptedIOException) {
                return true;
            }
        }
        return false;
    }
}
