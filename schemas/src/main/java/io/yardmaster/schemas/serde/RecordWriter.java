package io.yardmaster.schemas.serde;

import io.yardmaster.schemas.TaskAssignment;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Writes the body of records of one schema. Thread-safe. */
@FunctionalInterface
interface RecordWriter {
    void write(SpecificRecord record, HeapEncoder out) throws IOException;

    static RecordWriter of(Schema schema) {
        return schema.equals(TaskAssignment.getClassSchema())
                ? (record, out) -> writeAssignment((TaskAssignment) record, out)
                : new ContractWriter(schema)::write;
    }

    /** Writes a {@link TaskAssignment}, the most frequent record, without looking up each field by its schema as Avro does. */
    private static void writeAssignment(TaskAssignment assignment, HeapEncoder out) throws IOException {
        out.writeLong(assignment.getAssignmentId());
        out.writeLong(assignment.getResourceGroupId());
        out.writeLong(assignment.getJobId());
        out.writeInt(
                switch (assignment.getKind()) {
                    case TASK -> 0;
                    case COMMIT -> 1;
                    case CLEANUP -> 2;
                });
        out.writeInt(assignment.getTaskIndex());
        out.writeInt(assignment.getAttempt());
        out.writeLong(assignment.getSessionId());
        out.writeLong(assignment.getReadyAt().toEpochMilli());
        out.writeLong(assignment.getTimeoutMs());
        out.writeBytes(assignment.getPayload());
        writeText(assignment.getPool(), out);
        if (!assignment.getNeeds().isEmpty()) {
            out.writeLong(assignment.getNeeds().size());
            for (Map.Entry<String, Long> need : assignment.getNeeds().entrySet()) {
                out.writeString(need.getKey());
                out.writeLong(need.getValue());
            }
        }
        out.writeZero();
        writeText(assignment.getHost(), out);
    }

    private static void writeText(String text, HeapEncoder out) throws IOException {
        if (text.isEmpty()) {
            out.writeZero();
        } else {
            out.writeString(text);
        }
    }
}
