package io.yardmaster.schemas.serde;

import io.yardmaster.schemas.TaskReady;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads records of one writer's schema as a generated class. Thread-safe. Its memory is bounded by the length of a record, not
 * by the lengths that the record declares.
 */
@FunctionalInterface
interface RecordReader {
    Schema INDICES = TaskReady.getClassSchema().getField("task_indices").schema();

    /** Reads the record in these bytes. Throws if bytes are left over. */
    SpecificRecord read(byte[] bytes, int offset, int length) throws IOException;

    static RecordReader of(Schema writerSchema, Schema readerSchema) throws IOException {
        if (!haveSameShape(writerSchema, readerSchema) || !SameShapeReader.supports(readerSchema)) {
            return new ResolvingReader(writerSchema, readerSchema);
        }
        return readerSchema.equals(TaskReady.getClassSchema())
                ? RecordReader::readTaskReady
                : new SameShapeReader(readerSchema);
    }

    /** Reads a {@link TaskReady}, the most frequent record, without looking up each field by its schema. */
    private static TaskReady readTaskReady(byte[] bytes, int offset, int length) throws IOException {
        HeapInput in = new HeapInput(bytes, offset, length);
        TaskReady ready = new TaskReady(
                in.readLong(), in.readLong(), in.readLong(), SameShapeReader.ints(in, INDICES), in.readInt());
        in.expectEnd();
        return ready;
    }

    private static boolean haveSameShape(Schema one, Schema other) {
        return SchemaNormalization.toParsingForm(one).equals(SchemaNormalization.toParsingForm(other));
    }
}
