package io.yardmaster.connectors.convert;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.Session;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskReady;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.data.Struct;

/** Turns records of the contract into Connect's structs and back. */
final class Records {
    private static final Map<String, Supplier<SpecificRecord>> CONTRACT = Map.of(
            TaskReady.getClassSchema().getFullName(), TaskReady::new,
            CommitReady.getClassSchema().getFullName(), CommitReady::new,
            CleanupReady.getClassSchema().getFullName(), CleanupReady::new,
            TaskAssignment.getClassSchema().getFullName(), TaskAssignment::new,
            Session.getClassSchema().getFullName(), Session::new);

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
        if (value instanceof Date date) {
            return date.toInstant();
        }
        return schema.getType() == Schema.Type.ENUM ? TaskKind.valueOf(value.toString()) : value;
    }

    static Struct struct(SpecificRecord record, org.apache.kafka.connect.data.Schema connect) {
        Struct struct = new Struct(connect);
        for (Schema.Field field : record.getSchema().getFields()) {
            struct.put(field.name(), connect(record.get(field.pos())));
        }
        return struct;
    }

    private static Object connect(Object value) {
        if (value instanceof Instant instant) {
            return Date.from(instant);
        }
        if (value instanceof TaskKind kind) {
            return kind.name();
        }
        return value instanceof List<?> list ? new ArrayList<>(list) : value;
    }
}
