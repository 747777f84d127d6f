package io.yardmaster.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskReady;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** The field-by-field reader and writer agree with Avro's own. The test fails if the schema changes and they do not. */
class RecordWriterTest {
    private static final long SEED = 20261124;
    private static final int RECORDS = 10_000;

    private final Random random = new Random(SEED);
    private final List<TaskKind> kinds = List.of(TaskKind.values());
    private final List<String> pools = List.of("", "gpu", "größe", "\uD83D\uDE82");

    @Test
    void assignmentsAreWrittenAsAvroWritesThem() throws IOException {
        HeapEncoder out = new HeapEncoder();
        for (int i = 0; i < RECORDS; i++) {
            TaskAssignment assignment = assignment();
            out.reset();
            RecordWriter.of(assignment.getSchema()).write(assignment, out);
            assertThat(out.toByteArray())
                    .as("seed %d, record %d: %s", SEED, i, assignment)
                    .isEqualTo(avros(assignment));
        }
    }

    @Test
    void readyEventsAreReadAsAvroWroteThem() throws IOException {
        RecordReader reader = RecordReader.of(TaskReady.getClassSchema(), TaskReady.getClassSchema());
        for (int i = 0; i < RECORDS; i++) {
            TaskReady ready = new TaskReady(
                    anyLong(),
                    anyLong(),
                    anyLong(),
                    IntStream.range(0, random.nextInt(5))
                            .mapToObj(index -> anyInt())
                            .toList(),
                    anyInt());
            byte[] bytes = avros(ready);
            assertThat(reader.read(bytes, 0, bytes.length))
                    .as("seed %d, record %d", SEED, i)
                    .isEqualTo(ready);
        }
    }

    /** A random number of a random number of bits. */
    private long anyLong() {
        return random.nextLong() >> random.nextInt(Long.SIZE);
    }

    private int anyInt() {
        return random.nextInt() >> random.nextInt(Integer.SIZE);
    }

    private ByteBuffer anyBytes() {
        byte[] bytes = new byte[random.nextInt(3) * random.nextInt(2_000)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    @Test
    void assignmentsAreReadAsAvroWroteThem() throws IOException {
        RecordReader reader = RecordReader.of(TaskAssignment.getClassSchema(), TaskAssignment.getClassSchema());
        assertThat(reader).isInstanceOf(SameShapeReader.class);
        for (int i = 0; i < RECORDS; i++) {
            TaskAssignment assignment = assignment();
            byte[] bytes = avros(assignment);
            assertThat(reader.read(bytes, 0, bytes.length))
                    .as("seed %d, record %d", SEED, i)
                    .isEqualTo(assignment);
        }
    }

    private TaskAssignment assignment() {
        return new TaskAssignment(
                anyLong(),
                anyLong(),
                anyLong(),
                kinds.get(random.nextInt(kinds.size())),
                anyInt(),
                anyInt(),
                anyLong(),
                Instant.ofEpochMilli(anyLong()),
                anyLong(),
                anyBytes(),
                pools.get(random.nextInt(pools.size())),
                random.nextBoolean() ? Map.of() : Map.of("cpu", anyLong(), "memory", anyLong()),
                random.nextBoolean() ? "" : "h1");
    }

    private static byte[] avros(SpecificRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new SpecificDatumWriter<SpecificRecord>(record.getSchema(), ContractData.INSTANCE).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
