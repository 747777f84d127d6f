package io.yardmaster.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Session;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.When;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaEvolutionTest {
    private final AvroSerde<SpecificRecord> serde = Samples.serde("mock://evolution");

    static List<Schema> current() {
        return Samples.ofEachType().stream().map(SpecificRecord::getSchema).toList();
    }

    @ParameterizedTest
    @MethodSource("current")
    void everySchemaReadsRecordsOfItsVersion1(Schema current) {
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(current, Samples.version1(current.getName()))
                        .getType())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @ParameterizedTest
    @MethodSource("current")
    void everySchemaReadsRecordsOfOlderOnes(Schema current) {
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(current, Samples.older(current.getName()))
                        .getType())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @Test
    void aTaskReadyWithoutAttemptIsTheFirstTry() {
        byte[] old = written("TaskReady", fields -> fields.set("resource_group_id", 7L)
                .set("job_id", 42L)
                .set("session_id", 3L)
                .set("task_indices", List.of(5, 1000)));

        assertThat(serde.deserializer().deserialize("t", old))
                .isEqualTo(new TaskReady(7L, 42L, 3L, List.of(5, 1000), 0));
    }

    @Test
    void aCleanupReadyWithoutHasTaskHasOne() {
        byte[] old = written(
                "CleanupReady",
                fields -> fields.set("resource_group_id", 7L).set("job_id", 42L).set("session_id", 3L));

        assertThat(serde.deserializer().deserialize("t", old)).isEqualTo(new CleanupReady(7L, 42L, 3L, true));
    }

    @Test
    void smallerNumbersAreWidened() {
        byte[] commit = written(
                "CommitReady",
                fields -> fields.set("resource_group_id", 7L).set("job_id", 42L).set("session_id", 3));
        byte[] session = written("Session", fields -> fields.set("session_id", 3));

        assertThat(serde.deserializer().deserialize("t", commit)).isEqualTo(new CommitReady(7L, 42L, 3L));
        assertThat(serde.deserializer().deserialize("t", session)).isEqualTo(new Session(3L));
    }

    @Test
    void aFieldThatIsGoneIsSkippedAndSymbolsGoByName() {
        Instant readyAt = Instant.ofEpochMilli(1_700_000_000_123L);
        byte[] old = written("TaskAssignment", fields -> fields.set("assignment_id", 1L)
                .set("hint", "near the data")
                .set("resource_group_id", 7L)
                .set("job_id", 42L)
                .set("kind", new GenericData.EnumSymbol(Samples.older("TaskAssignment"), "TASK"))
                .set("task_index", 9)
                .set("attempt", 1)
                .set("session_id", 3L)
                .set("ready_at", readyAt.toEpochMilli()));

        assertThat(serde.deserializer().deserialize("t", old))
                .isEqualTo(new TaskAssignment(
                        1L, 7L, 42L, TaskKind.TASK, 9, 1, 3L, readyAt, 0L, Payload.NONE, "", Map.of(), ""));
    }

    @Test
    void aGraphWithTheLeastFieldsHasDefaultsForTheOthers() {
        Schema stage = SchemaBuilder.record("io.yardmaster.schemas.Stage")
                .fields()
                .requiredString("name")
                .endRecord();
        Schema graph = SchemaBuilder.record("io.yardmaster.schemas.JobGraph")
                .fields()
                .requiredLong("resource_group_id")
                .requiredLong("job_id")
                .name("stages")
                .type(Schema.createArray(stage))
                .noDefault()
                .endRecord();
        byte[] least = written(graph, fields -> fields.set("resource_group_id", 7L)
                .set("job_id", 42L)
                .set(
                        "stages",
                        List.of(new GenericRecordBuilder(stage).set("name", "a").build())));

        assertThat(serde.deserializer().deserialize("t", least))
                .isEqualTo(new JobGraph(
                        7L,
                        42L,
                        -1L,
                        0,
                        false,
                        false,
                        OnFailure.STOP,
                        List.of(new Stage(
                                "a",
                                1,
                                List.of(),
                                When.ALL,
                                1,
                                0L,
                                0L,
                                Payload.NONE,
                                Map.of(),
                                "",
                                0,
                                Map.of(),
                                false)),
                        0,
                        1,
                        ""));
    }

    private static byte[] written(String name, UnaryOperator<GenericRecordBuilder> fields) {
        return written(Samples.older(name), fields);
    }

    private static byte[] written(Schema older, UnaryOperator<GenericRecordBuilder> fields) {
        GenericRecord record = fields.apply(new GenericRecordBuilder(older)).build();
        int id = MockSchemaRegistry.named("evolution").register("t-value", older);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.writeBytes(ByteBuffer.allocate(4).putInt(id).array());
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(older).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
