package io.yardmaster.topology;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.RegistryUnavailableException;
import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.views.DeadLetterTail;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What cannot be read or makes no sense goes to the dead-letter topic, as it was received, with the reason and where it
 * came from in headers, in the same transaction as its offset. Everything else that fails is no fault of the record,
 * and stops the stream thread.
 */
public final class DeadLetters implements DeserializationExceptionHandler, ProcessingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    /** The setting that holds the {@link Meters}, if there are any. */
    static final String METERS = "yardmaster.meters";

    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final AtomicLong reportedAt = new AtomicLong();
    private final AtomicLong unreported = new AtomicLong();
    private String deadLetterTopic;
    private Meters meters = Meters.NONE;

    @Override
    public void configure(Map<String, ?> settings) {
        deadLetterTopic = String.valueOf(settings.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG));
        meters = settings.get(METERS) instanceof Meters given ? given : Meters.NONE;
    }

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        if (isOutage(exception)) {
            return DeserializationExceptionHandler.Response.fail();
        }
        return DeserializationExceptionHandler.Response.resume(
                List.of(deadLetter(context, record.key(), record.value(), exception.getMessage())));
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (!(exception instanceof SenselessEventException)) {
            return ProcessingExceptionHandler.Response.fail();
        }
        return ProcessingExceptionHandler.Response.resume(
                List.of(deadLetter(context, context.sourceRawKey(), context.sourceRawValue(), exception.getMessage())));
    }

    private ProducerRecord<byte[], byte[]> deadLetter(
            ErrorHandlerContext context, byte[] key, byte[] value, String reason) {
        String source = context.topic() + "-" + context.partition() + "@" + context.offset();
        log(source, reason);
        meters.deadLetter(context.topic());
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(deadLetterTopic, null, Math.max(0, context.timestamp()), key, value);
        for (Header header : context.headers()) {
            letter.headers().add(header);
        }
        letter.headers().add(Topic.REASON_HEADER, String.valueOf(reason).getBytes(StandardCharsets.UTF_8));
        letter.headers().add(DeadLetterTail.SOURCE_HEADER, source.getBytes(StandardCharsets.UTF_8));
        return letter;
    }

    /** A flood of poison pills is told of every ten seconds, with one example. */
    private void log(String source, String reason) {
        long count = unreported.incrementAndGet();
        long now = System.nanoTime();
        long last = reportedAt.get();
        if ((last == 0 || now - last >= REPORT_NANOS) && reportedAt.compareAndSet(last, now)) {
            unreported.addAndGet(-count);
            LOG.warn("{} record(s) went to {}, the last one from {}: {}", count, deadLetterTopic, source, reason);
        }
    }

    /** A registry that cannot be asked, by our serde or by another one, says nothing about the record. */
    private static boolean isOutage(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
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
