package io.yardmaster.connectors.convert;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Session;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.When;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.data.Struct;

/** Turns records of the contract into Connect's structs and back. */
public final class Records {
    private static final Map<String, Supplier<SpecificRecord>> CONTRACT = Map.of(
            TaskReady.getClassSchema().getFullName(), TaskReady::new,
            CommitReady.getClassSchema().getFullName(), CommitReady::new,
            CleanupReady.getClassSchema().getFullName(), CleanupReady::new,
            JobGraph.getClassSchema().getFullName(), JobGraph::new,
            TaskAssignment.getClassSchema().getFullName(), TaskAssignment::new,
            Session.getClassSchema().getFullName(), Session::new);

    /** The records inside of those. */
    private static final Map<String, Supplier<SpecificRecord>> PARTS = Map.of(
            Stage.getClassSchema().getFullName(), Stage::new,
            StageDependency.getClassSchema().getFullName(), StageDependency::new);

    private static final Map<String, Enum<?>[]> CONSTANTS = Map.of(
            TaskKind.getClassSchema().getFullName(), TaskKind.values(),
            OnFailure.getClassSchema().getFullName(), OnFailure.values(),
            When.getClassSchema().getFullName(), When.values());

    private Records() {}

    /** Empty if the struct is none of the contract's records. */
    static Optional<SpecificRecord> record(Struct struct) {
        String name = struct.schema().name();
        return Optional.ofNullable(name == null ? null : CONTRACT.get(name)).map(empty -> fill(empty.get(), struct));
    }

    private static SpecificRecord fill(SpecificRecord record, Struct struct) {
        for (Schema.Field field : record.getSchema().getFields()) {
            record.put(field.pos(), avro(struct.get(field.name()), field.schema()));
        }
        return record;
    }

    private static Object avro(Object value, Schema schema) {
        return switch (schema.getType()) {
            case ENUM -> constant(value.toString(), schema);
            case ARRAY ->
                ((List<?>) value)
                        .stream()
                                .map(element -> avro(element, schema.getElementType()))
                                .toList();
            case RECORD -> fill(PARTS.get(schema.getFullName()).get(), (Struct) value);
            case BYTES -> value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
            default -> value instanceof Date date ? date.toInstant() : value;
        };
    }

    private static Object constant(String name, Schema schema) {
        return Arrays.stream(CONSTANTS.get(schema.getFullName()))
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is none of " + schema.getEnumSymbols()));
    }

    /** A record of the contract as a struct of its schema, which {@link ContractSchemas} makes. */
    public static Struct struct(SpecificRecord record, org.apache.kafka.connect.data.Schema connect) {
        Struct struct = new Struct(connect);
        for (Schema.Field field : record.getSchema().getFields()) {
            struct.put(
                    field.name(),
                    connect(record.get(field.pos()), connect.field(field.name()).schema()));
        }
        return struct;
    }

    private static Object connect(Object value, org.apache.kafka.connect.data.Schema schema) {
        if (value instanceof Instant instant) {
            return Date.from(instant);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof SpecificRecord record) {
            return struct(record, schema);
        }
        return value instanceof List<?> list
                ? list.stream()
                        .map(element -> connect(element, schema.valueSchema()))
                        .toList()
                : value;
    }
}
