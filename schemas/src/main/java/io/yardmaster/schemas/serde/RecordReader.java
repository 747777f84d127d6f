package io.yardmaster.schemas.serde;

import io.yardmaster.schemas.TaskReady;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads what one schema wrote as a generated class. Thread-safe. What is allocated is bounded by the bytes that are
 * there, not by the lengths that they declare.
 */
@FunctionalInterface
interface RecordReader {
    Schema INDICES = TaskReady.getClassSchema().getField("task_indices").schema();

    SpecificRecord read(Decoder in) throws IOException;

    /** A mismatch that some records have and others have not comes out when such a record is read. */
    static RecordReader of(Schema writer, Schema reader) throws IOException {
        if (haveSameShape(writer, reader) && SameShapeReader.supports(reader)) {
            return reader.equals(TaskReady.getClassSchema())
                    ? RecordReader::readTaskReady
                    : new SameShapeReader(reader);
        }
        DatumReader<SpecificRecord> resolving =
                new FastReaderBuilder(ContractData.INSTANCE).createDatumReader(writer, reader);
        return in -> resolving.read(null, in);
    }

    /** What is read most. */
    private static TaskReady readTaskReady(Decoder in) throws IOException {
        return new TaskReady(
                in.readLong(), in.readLong(), in.readLong(), SameShapeReader.ints(in, INDICES), in.readInt());
    }

    private static boolean haveSameShape(Schema writer, Schema reader) {
        return SchemaNormalization.toParsingForm(writer).equals(SchemaNormalization.toParsingForm(reader));
    }
}
