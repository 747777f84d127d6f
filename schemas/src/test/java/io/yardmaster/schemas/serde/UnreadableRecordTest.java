package io.yardmaster.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskReady;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnreadableRecordTest {
    private static final String REGISTRY = "mock://unreadable";

    private AvroSerde<SpecificRecord> serde;

    @BeforeEach
    void configure() {
        serde = Samples.serde(REGISTRY);
    }

    private void isRefused(byte[] bytes, String... words) {
        assertThatThrownBy(() -> serde.deserializer().deserialize("lane", bytes))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageStartingWith("topic lane: ")
                .hasMessageContainingAll(words);
    }

    private static byte[] record(Schema writer, int... body) {
        byte[] bytes = new byte[body.length];
        for (int i = 0; i < body.length; i++) {
            bytes[i] = (byte) body[i];
        }
        return record(writer, bytes);
    }

    private static byte[] record(Schema writer, byte[] body) {
        int id = MockSchemaRegistry.named("unreadable").register("lane-value", writer);
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(id)
                .put(body)
                .array();
    }

    @Test
    void tooShort() {
        isRefused(new byte[0], "0 bytes is too short");
        isRefused(new byte[4], "4 bytes is too short");
    }

    @Test
    void wrongMagicByte() {
        isRefused("{\"job\": 1}".getBytes(StandardCharsets.UTF_8), "byte 0x7b instead of 0x00");
    }

    @Test
    void unknownSchemaId() {
        isRefused(new byte[] {0, 1, 2, 3, 4, 5}, REGISTRY, "schema id 16909060");
        isRefused(new byte[] {0, -1, -1, -1, -1, 5}, "schema id -1");
    }

    @Test
    void endsTooEarly() {
        byte[] good = serde.serializer().serialize("lane", Samples.taskReady(300, 301));
        for (int length = 5; length < good.length; length++) {
            isRefused(Arrays.copyOf(good, length), REGISTRY, "cannot be read: it ends too early");
        }
    }

    @Test
    void bytesLeftOver() {
        byte[] good = serde.serializer().serialize("lane", Samples.taskReady(300));

        isRefused(Arrays.copyOf(good, good.length + 1), REGISTRY, "bytes are left over");
    }

    @Test
    void enumOutOfRange() {
        isRefused(record(TaskAssignment.getClassSchema(), 0, 0, 0, 6, 0, 0, 0, 0), "cannot be read");
        isRefused(record(TaskAssignment.getClassSchema(), 0, 0, 0, 1, 0, 0, 0, 0), "cannot be read");
    }

    @Test
    void aSymbolThatTheReaderDoesNotHave() {
        Schema newer = new Schema.Parser()
                .parse(TaskAssignment.getClassSchema().toString().replace("\"CLEANUP\"", "\"CLEANUP\",\"CHECK\""));

        isRefused(record(newer, 0, 0, 0, 6, 0, 0, 0, 0), "CHECK");
    }

    @Test
    void aTypeWithoutAClassHere() {
        isRefused(record(SchemaBuilder.record("other.Thing").fields().endRecord()), "(other.Thing)", "no class");
        isRefused(record(Schema.create(Schema.Type.LONG), 2), "(long)", "no class");
        isRefused(record(SchemaBuilder.record("java.lang.String").fields().endRecord()), "no class");
        isRefused(record(TaskAssignment.getClassSchema().getField("kind").schema(), 0), "TaskKind", "no class");
    }

    @Test
    void aFieldThatTheReaderNeeds() {
        Schema without = SchemaBuilder.record("io.yardmaster.schemas.CommitReady")
                .fields()
                .requiredLong("job_id")
                .endRecord();

        isRefused(record(without, 2), "CommitReady", "missing required field");
    }

    @Test
    void aRecordOfAnotherTypeThanAskedFor() {
        byte[] commit = serde.serializer().serialize("lane", new CommitReady(1L, 2L, 3L));
        serde = Samples.serde(
                Map.of("schema.registry.url", REGISTRY, "specific.avro.value.type", TaskReady.class.getName()));

        isRefused(commit, "CommitReady", "TaskReady");
    }

    @Test
    void declaredLengthsAllocateNothing() {
        List<Schema> writers = List.of(TaskReady.getClassSchema(), Samples.older("TaskReady"));
        int[][] counts = {
            {0xfe, 0xff, 0xff, 0xff, 0x0f}, // the largest int
            {0xde, 0xff, 0xff, 0xff, 0x0f}, // the largest array
            {0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}, // the largest long
            {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}, // the smallest long
            {0xdd, 0xff, 0xff, 0xff, 0x0f, 0x02} // a block with its size
        };
        for (Schema writer : writers) {
            for (int[] count : counts) {
                int[] body = new int[3 + count.length + 3];
                System.arraycopy(count, 0, body, 3, count.length);
                byte[] bytes = record(writer, body);
                isRefused(bytes, "cannot be read");

                long before = allocatedByThisThread();
                isRefused(bytes, "cannot be read");
                assertThat(allocatedByThisThread() - before).isLessThan(1_000_000);
            }
        }
    }

    private static long allocatedByThisThread() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }

    @Test
    void deepNesting() {
        Schema nested = SchemaBuilder.record("io.yardmaster.schemas.Session")
                .fields()
                .requiredLong("session_id")
                .name("rest")
                .type()
                .unionOf()
                .nullType()
                .and()
                .record("Node")
                .fields()
                .name("next")
                .type()
                .unionOf()
                .nullType()
                .and()
                .type("Node")
                .endUnion()
                .noDefault()
                .endRecord()
                .endUnion()
                .noDefault()
                .endRecord();
        byte[] body = new byte[5_000_000];
        Arrays.fill(body, (byte) 2);

        isRefused(record(nested, body), "cannot be read");
    }
}
