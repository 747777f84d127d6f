package io.yardmaster.schemas.serde;

import io.yardmaster.schemas.TaskReady;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads what one schema wrote as a generated class. Thread-safe. What is allocated is bounded by the bytes that are
 * there, not by the lengths that they declare.
 */
@FunctionalInterface
interface RecordReader {
    Schema INDICES = TaskReady.getClassSchema().getField("task_indices").schema();

    /** Reads the record that these bytes hold, and nothing else. */
    SpecificRecord read(byte[] bytes, int offset, int length) throws IOException;

    static RecordReader of(Schema writer, Schema reader) throws IOException {
        if (!haveSameShape(writer, reader) || !SameShapeReader.supports(reader)) {
            return new ResolvingReader(writer, reader);
        }
        return reader.equals(TaskReady.getClassSchema()) ? RecordReader::readTaskReady : new SameShapeReader(reader);
    }

    /** What is read most. */
    private static TaskReady readTaskReady(byte[] bytes, int offset, int length) throws IOException {
        HeapInput in = new HeapInput(bytes, offset, length);
        TaskReady ready = new TaskReady(
                in.readLong(), in.readLong(), in.readLong(), SameShapeReader.ints(in, INDICES), in.readInt());
        in.expectEnd();
        return ready;
    }

    private static boolean haveSameShape(Schema writer, Schema reader) {
        return SchemaNormalization.toParsingForm(writer).equals(SchemaNormalization.toParsingForm(reader));
    }
}
