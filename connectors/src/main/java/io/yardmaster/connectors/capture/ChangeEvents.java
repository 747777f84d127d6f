package io.yardmaster.connectors.capture;

import io.yardmaster.connectors.event.Change;
import io.yardmaster.connectors.event.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Reads Debezium's change events. */
final class ChangeEvents {
    private ChangeEvents() {}

    /** Empty if the record is no inserted or updated row: a deletion, a heartbeat, a message, a change of a schema. */
    static Optional<Change> read(SourceRecord record) {
        if (!(record.value() instanceof Struct envelope) || !isChange(envelope)) {
            return Optional.empty();
        }
        Struct source = envelope.getStruct("source");
        String table = table(source);
        return Optional.of(new Change(
                new Row(table, columns(envelope.getStruct("after"))),
                Optional.ofNullable(envelope.getStruct("before")).map(before -> new Row(table, columns(before))),
                transaction(envelope, source),
                record.sourcePartition(),
                record.sourceOffset(),
                timestamp(envelope, source)));
    }

    private static boolean isChange(Struct envelope) {
        return envelope.schema().field("op") != null
                && envelope.schema().field("after") != null
                && envelope.schema().field("before") != null
                && envelope.get("after") instanceof Struct;
    }

    private static Map<String, Object> columns(Struct row) {
        Map<String, Object> columns = new LinkedHashMap<>();
        for (Field field : row.schema().fields()) {
            columns.put(field.name(), ColumnValues.of(row, field));
        }
        return columns;
    }

    private static String table(Struct source) {
        Field schema = source.schema().field("schema");
        return (schema != null ? source.get(schema) : source.get("db")) + "." + source.get("table");
    }

    /**
     * PostgreSQL numbers its transactions, MariaDB names them; MySQL does so only with GTIDs. A snapshot serves as a
     * transaction: all of its rows are seen at one moment.
     */
    private static Optional<Object> transaction(Struct envelope, Struct source) {
        if ("r".equals(envelope.get("op"))) {
            return Optional.of("snapshot");
        }
        Field id = source.schema().field("txId");
        Field name = id != null ? id : source.schema().field("gtid");
        return name == null ? Optional.empty() : Optional.ofNullable(source.get(name));
    }

    /**
     * The time of PostgreSQL's commit. A binary log has that by the second only; for it this is the time of reading.
     */
    private static long timestamp(Struct envelope, Struct source) {
        boolean precise = source.schema().field("txId") != null;
        return (precise ? source : envelope).getInt64("ts_ms");
    }
}
