package io.yardmaster.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.When;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.generic.PrimitivesArrays.IntArray;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroSerdeTest {
    private static final String TOPIC = Samples.TOPIC;

    static List<SpecificRecord> records() {
        return Samples.ofEachType();
    }

    @ParameterizedTest
    @MethodSource("records")
    void aWrittenRecordIsReadUnchanged(SpecificRecord record) {
        byte[] bytes = Samples.serde("mock://round-trip").serializer().serialize(TOPIC, record);

        assertThat(Samples.serde("mock://round-trip").deserializer().deserialize(TOPIC, bytes))
                .isEqualTo(record)
                .hasSameClassAs(record);
    }

    @Test
    void bytesAreConfluents() {
        AvroSerde<SpecificRecord> serde = Samples.serde("mock://bytes");

        // magic, id 1, then zigzag varints: 7, 300, -1, a block of 2 (0, 64), its end, attempt 1
        assertThat(serde.serializer().serialize("t", new TaskReady(7L, 300L, -1L, List.of(0, 64), 1)))
                .containsExactly(0, 0, 0, 0, 1, 14, 0xd8, 4, 1, 4, 0, 0x80, 1, 0, 2);
        assertThat(serde.serializer().serialize("t", new TaskReady(1L, 2L, 3L, List.of(), 0)))
                .containsExactly(0, 0, 0, 0, 1, 2, 4, 6, 0, 0);
        assertThat(serde.serializer().serialize("t", new CleanupReady(1L, 2L, 3L, true)))
                .containsExactly(0, 0, 0, 0, 2, 2, 4, 6, 1);
        assertThat(serde.serializer().serialize("t", assignmentAt(Instant.ofEpochMilli(64))))
                .containsExactly(0, 0, 0, 0, 3, 2, 4, 6, 2, 1, 0, 8, 0x80, 1, 0, 0, 0, 0, 0);
    }

    private static TaskAssignment assignmentAt(Instant readyAt) {
        return new TaskAssignment(1L, 2L, 3L, TaskKind.COMMIT, -1, 0, 4L, readyAt, 0L, Payload.NONE, "", Map.of(), "");
    }

    @Test
    void aGraphIsReadUnchanged() {
        ByteBuffer payload = ByteBuffer.wrap(new byte[] {1, 0, -1});
        Stage first =
                new Stage("first", 7, List.of(), When.ALL, 3, 500L, 60_000L, payload, Map.of(), "", 0, Map.of(), false);
        Stage second = new Stage(
                "zwei – ②",
                7,
                List.of(new StageDependency("first", true)),
                When.ENDED,
                1,
                0L,
                0L,
                Payload.NONE,
                Map.of(),
                "",
                0,
                Map.of(),
                false);
        JobGraph graph =
                new JobGraph(1L, 2L, -1L, 5, true, false, OnFailure.CONTINUE, List.of(first, second), 0, 1, "nightly");
        AvroSerde<JobGraph> serde = Samples.serde("mock://graphs");

        assertThat(serde.deserializer().deserialize("t", serde.serializer().serialize("t", graph)))
                .isEqualTo(graph);
    }

    @Test
    void aPayloadIsReadIntoBytesOfItsOwn() {
        AvroSerde<TaskAssignment> serde = Samples.serde("mock://payloads");
        TaskAssignment assignment = new TaskAssignment(
                1L,
                2L,
                3L,
                TaskKind.TASK,
                4,
                0,
                4L,
                Instant.EPOCH,
                0L,
                ByteBuffer.wrap(new byte[] {1, 0, -1}),
                "",
                Map.of(),
                "");
        byte[] bytes = serde.serializer().serialize("t", assignment);

        TaskAssignment read = serde.deserializer().deserialize("t", bytes);

        Arrays.fill(bytes, (byte) 9);
        assertThat(read).isEqualTo(assignment);
        assertThat(read.getPayload().array()).containsExactly(1, 0, -1);
    }

    @Test
    void nullIsNullBytes() {
        AvroSerde<TaskReady> serde = Samples.serde("mock://nulls");

        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
        assertThat(serde.deserializer().deserialize(TOPIC, (byte[]) null)).isNull();
        assertThat(serde.deserializer().deserialize(TOPIC, new RecordHeaders(), (ByteBuffer) null))
                .isNull();
    }

    @Test
    void aPartOfABufferIsReadInPlace() {
        AvroSerde<TaskReady> serde = Samples.serde("mock://buffers");
        byte[] bytes = serde.serializer().serialize(TOPIC, Samples.taskReady(5, 6));
        ByteBuffer window = ByteBuffer.allocate(bytes.length + 9).position(4).slice();
        window.put(1, bytes).position(1).limit(1 + bytes.length);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();

        for (ByteBuffer buffer : List.of(window, direct, window.asReadOnlyBuffer())) {
            assertThat(serde.deserializer().deserialize(TOPIC, new RecordHeaders(), buffer))
                    .isEqualTo(Samples.taskReady(5, 6));
        }
    }

    @Test
    void arraysOfIntsAreReadUnboxedAndCanBeWrittenAgain() {
        AvroSerde<TaskReady> serde = Samples.serde("mock://ints");
        Integer[] indices = IntStream.range(0, 100_000).boxed().toArray(Integer[]::new);
        byte[] bytes = serde.serializer().serialize(TOPIC, Samples.taskReady(indices));

        TaskReady read = serde.deserializer().deserialize(TOPIC, bytes);

        assertThat(read.getTaskIndices()).isInstanceOf(IntArray.class).containsExactly(indices);
        assertThat(serde.serializer().serialize(TOPIC, read)).isEqualTo(bytes);
        assertThat(serde.serializer().serialize(TOPIC, Samples.taskReady(1))).hasSizeLessThan(30);
    }

    @Test
    void keysHaveASubjectOfTheirOwn() {
        AvroSerde<CommitReady> serde = new AvroSerde<>();
        serde.configure(Map.of("schema.registry.url", "mock://keys"), true);
        serde.serializer().serialize(TOPIC, new CommitReady(1L, 2L, 3L));

        SchemaRegistry registry = MockSchemaRegistry.named("keys");
        assertThat(registry.idOf("yardmaster.ready-key", CommitReady.getClassSchema()))
                .isEqualTo(1);
        assertThatThrownBy(() -> registry.idOf("yardmaster.ready-value", CommitReady.getClassSchema()))
                .isInstanceOf(UnregisteredSchemaException.class);
    }

    @Test
    void withoutAutoRegistrationAnUnknownSchemaIsRefused() {
        AvroSerde<CommitReady> serde =
                Samples.serde(Map.of("schema.registry.url", "mock://manual", "auto.register.schemas", "false"));

        assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, new CommitReady(1L, 2L, 3L)))
                .isInstanceOf(UnregisteredSchemaException.class)
                .hasMessage("schema registry mock://manual: io.yardmaster.schemas.CommitReady is not registered under"
                        + " yardmaster.ready-value");

        MockSchemaRegistry.named("manual").register("yardmaster.ready-value", CommitReady.getClassSchema());
        assertThat(serde.serializer().serialize(TOPIC, new CommitReady(1L, 2L, 3L)))
                .startsWith(0, 0, 0, 0, 1);
    }

    @Test
    void aRecordThatIsNotCompleteIsRefusedAndLeavesNothingBehind() {
        AvroSerde<TaskReady> serde = Samples.serde("mock://incomplete");
        byte[] good = serde.serializer().serialize(TOPIC, Samples.taskReady(1));

        assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, new TaskReady(1L, 2L, 3L, null, 0)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("yardmaster.ready")
                .hasMessageContaining("TaskReady")
                .hasMessageContaining("task_indices");
        assertThat(serde.serializer().serialize(TOPIC, Samples.taskReady(1))).isEqualTo(good);
    }

    @Test
    void manyThreadsMayShareOne() throws Exception {
        AvroSerde<SpecificRecord> serde = Samples.serde("mock://threads");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Void>> all = threads.invokeAll(Collections.nCopies(4, roundTrips(serde)));
            for (Future<Void> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Void> roundTrips(AvroSerde<SpecificRecord> serde) {
        return () -> {
            for (int i = 0; i < 500; i++) {
                for (SpecificRecord record : records()) {
                    byte[] bytes = serde.serializer().serialize(TOPIC, record);
                    assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(record);
                }
            }
            return null;
        };
    }

    @Test
    void mustBeConfiguredFirst() {
        assertThatThrownBy(() -> new AvroSerde<TaskReady>().serializer()).hasMessage("configure the serde first");
        assertThatThrownBy(() -> new AvroSerde<TaskReady>().deserializer()).hasMessage("configure the serde first");
    }
}
