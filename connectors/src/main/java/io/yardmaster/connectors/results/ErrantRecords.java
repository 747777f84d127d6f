package io.yardmaster.connectors.results;

import io.yardmaster.schemas.DeadLetterHeaders;
import io.yardmaster.schemas.Topic;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records that cannot be rows, in the topic that {@code errors.deadletterqueue.topic.name} names. */
final class ErrantRecords {
    private final Optional<ErrantRecordReporter> reporter;

    ErrantRecords(ErrantRecordReporter reporter) {
        this.reporter = Optional.ofNullable(reporter);
    }

    /**
     * Returns when the dead letter is acknowledged. The reason is in the header that all our dead letters have, beside Connect's own.
     *
     * @throws ConnectException if the configuration has no place for dead letters, or it cannot be written
     */
    void report(SinkRecord record, String reason) {
        String position = DeadLetterHeaders.position(
                record.originalTopic(), record.originalKafkaPartition(), record.originalKafkaOffset());
        DataException error = new DataException("%s: %s".formatted(position, reason));
        ErrantRecordReporter to = reporter.orElseThrow(() -> new ConnectException(
                error.getMessage() + "; with errors.tolerance=all and errors.deadletterqueue.topic.name it becomes a"
                        + " dead letter",
                error));
        try {
            to.report(withReason(record, position, reason), error).get();
        } catch (ExecutionException e) {
            throw new ConnectException(position + " cannot become a dead letter: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException(e);
        }
    }

    /** A new record: Connect sends a changed one as it was read, without added headers. */
    private static SinkRecord withReason(SinkRecord record, String position, String reason) {
        ConnectHeaders headers = new ConnectHeaders(record.headers());
        headers.remove(Topic.REASON_HEADER).addString(Topic.REASON_HEADER, reason);
        headers.remove(DeadLetterHeaders.SOURCE).addString(DeadLetterHeaders.SOURCE, position);
        return new SinkRecord(
                record.originalTopic(),
                record.originalKafkaPartition(),
                Schema.OPTIONAL_BYTES_SCHEMA,
                record.key(),
                Schema.OPTIONAL_BYTES_SCHEMA,
                record.value(),
                record.originalKafkaOffset(),
                record.timestamp(),
                record.timestampType(),
                headers);
    }
}
