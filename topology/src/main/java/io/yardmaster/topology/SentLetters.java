package io.yardmaster.topology;

import io.yardmaster.schemas.DeadLetterHeaders;
import io.yardmaster.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;

/** The dead letters in one producer's transaction. Used by its stream thread, but for the callbacks. */
final class SentLetters {
    private final DeadLetterLimit limit;
    private final DeadLetterReport report;
    private final List<DeadLetterReport.Sent> letters = new ArrayList<>();

    SentLetters(DeadLetterLimit limit, DeadLetterReport report) {
        this.limit = limit;
        this.report = report;
    }

    /** A transaction begins, or was aborted. */
    void forget() {
        letters.clear();
    }

    /** Notes a record that is about to be sent. Returns the callback to send it with. */
    Callback sending(ProducerRecord<byte[], byte[]> record, Callback callback) {
        if (!record.topic().equals(report.topic())) {
            return callback;
        }
        String source = text(record, DeadLetterHeaders.SOURCE);
        letters.add(new DeadLetterReport.Sent(
                source.substring(0, source.lastIndexOf('-')), source, text(record, Topic.REASON_HEADER)));
        return (metadata, failure) -> {
            if (failure instanceof RecordTooLargeException) {
                limit.refused(record.topic(), DeadLetterRecord.size(record));
                callback.onCompletion(metadata, new DeadLetterRefusedException(failure));
            } else {
                callback.onCompletion(metadata, failure);
            }
        };
    }

    /**
     * Replaces the failure of a later call in the transaction if its cause is a letter that was too large. Such a call
     * may fail before or after the letter's own callback, with that cause as it is or inside another exception.
     */
    KafkaException blame(KafkaException failure) {
        Throwable refusal = failure instanceof RecordTooLargeException ? failure : failure.getCause();
        return !letters.isEmpty() && refusal instanceof RecordTooLargeException
                ? new DeadLetterRefusedException(refusal)
                : failure;
    }

    void committed() {
        report.committed(letters);
        letters.clear();
    }

    private static String text(ProducerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
