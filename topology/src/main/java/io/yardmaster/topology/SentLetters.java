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

    /** The transaction begins, or was aborted. */
    void forget() {
        letters.clear();
    }

    /** A record is about to be sent. Returns whom to call back. */
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
     * What to throw instead of what a later call for the transaction failed with: Streams may make one, and be told there of
     * a letter that was too large, before or after the letter's own callback tells it. The producer throws that as it is
     * or in an exception of its own.
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
