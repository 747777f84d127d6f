package io.yardmaster.connectors.results;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A record, decoded.
 *
 * @param value null if it changes no row
 */
record ResultRecord(SinkRecord record, SpecificRecord value) {
    TopicPartition partition() {
        return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }

    long offset() {
        return record.originalKafkaOffset();
    }
}
