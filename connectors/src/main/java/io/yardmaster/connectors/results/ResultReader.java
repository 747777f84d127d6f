package io.yardmaster.connectors.results;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.serde.AvroSerde;
import io.yardmaster.schemas.serde.RegistryUnavailableException;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;

/** Reads outcomes and events out of Confluent's wire format. */
final class ResultReader {
    private final AvroSerde<SpecificRecord> serde = new AvroSerde<>();

    ResultReader(Map<String, String> settings) {
        serde.configure(settings, false);
    }

    /**
     * Reads one record.
     *
     * @throws DataException in one line, if it is neither an outcome nor an event
     * @throws RetriableException if the registry does not answer
     */
    ResultRecord read(SinkRecord record) {
        if (!(record.value() instanceof byte[] bytes)) {
            throw new DataException(
                    record.value() == null
                            ? "the record has no value"
                            : "value.converter must be org.apache.kafka.connect.converters.ByteArrayConverter");
        }
        SpecificRecord value = decode(record, bytes);
        if (!(value instanceof TaskOutcome || value instanceof JobEvent)) {
            throw new DataException("it is a %s: only TaskOutcome and JobEvent become rows"
                    .formatted(value.getSchema().getName()));
        }
        return new ResultRecord(record, Merge.isOfUse(value) ? value : null);
    }

    private SpecificRecord decode(SinkRecord record, byte[] bytes) {
        try {
            return serde.deserializer().deserialize(record.originalTopic(), bytes);
        } catch (RegistryUnavailableException e) {
            throw new RetriableException(e.getMessage(), e);
        } catch (SerializationException e) {
            throw new DataException(e.getMessage(), e);
        }
    }
}
