package io.yardmaster.replay.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The records of a block that are of one topic and have the same fields, in their order. A column is read when it is first asked for. */
final class RecordTable {
    /** The names of the columns with the fields of the values begin so. */
    static final String OF_VALUE = RecordedRecord.VALUE + ".";

    private final RecordedTopic topic;
    private final String pool;
    private final int rows;
    private final Map<String, Stored> columns = new LinkedHashMap<>();
    private final Map<String, Stored> ofValues = new LinkedHashMap<>();

    private long[] partitions;
    private long[] offsets;
    private long[] timestamps;
    private boolean refused;

    private static final class Stored {
        private final Supplier<RecordColumn> source;
        private RecordColumn column;

        private Stored(Supplier<RecordColumn> source) {
            this.source = source;
        }

        private RecordColumn column() {
            if (column == null) {
                column = source.get();
            }
            return column;
        }
    }

    /** @param id the name of the topic, which there must be */
    RecordTable(String id, int rows) {
        this.topic = RecordedTopic.of(id)
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown topic " + id + ": must be one of " + String.join(", ", RecordedTopic.ids())));
        this.pool = RecordedTopic.pool(id);
        this.rows = rows;
    }

    /** Adds a column. Its source throws an exception with a reason if it makes no sense. */
    void add(String name, Supplier<RecordColumn> source) {
        if (name.startsWith(OF_VALUE)) {
            // The same object as the constant by which it is looked up for each record.
            ofValues.put(name.substring(OF_VALUE.length()).intern(), new Stored(source));
        } else {
            columns.put(name, new Stored(source));
        }
    }

    /** Must be called when it has all columns. Throws {@link IllegalArgumentException} if a record has no place or time. */
    void open() {
        partitions = column(RecordedRecord.PARTITION).numbers(rows);
        for (long partition : partitions) {
            Fields.small(partition, RecordedRecord.PARTITION);
        }
        offsets = column(RecordedRecord.OFFSET).numbers(rows);
        timestamps = column(RecordedRecord.TIMESTAMP).numbers(rows);
        refused = columns.containsKey(RecordedRecord.REFUSED);
    }

    RecordedTopic topic() {
        return topic;
    }

    String pool() {
        return pool;
    }

    int rows() {
        return rows;
    }

    int partition(int row) {
        return (int) partitions[row];
    }

    long offset(int row) {
        return offsets[row];
    }

    long timestamp(int row) {
        return timestamps[row];
    }

    /** Returns whether the scheduler refuses these records. */
    boolean isRefused() {
        return refused;
    }

    boolean has(String name) {
        return columns.containsKey(name);
    }

    /** A column of the records; one that says so if they have none of that name. */
    RecordColumn column(String name) {
        return column(columns, name);
    }

    /** A column of the fields of the values; one that says so if they have none of that name. */
    RecordColumn ofValues(String name) {
        return column(ofValues, name);
    }

    private static RecordColumn column(Map<String, Stored> columns, String name) {
        Stored stored = columns.get(name);
        return stored == null ? RecordColumn.missing(name) : stored.column();
    }

    /** Returns whether the values have fields; otherwise they are null, or of no use. */
    boolean hasFields() {
        return !ofValues.isEmpty();
    }

    /** The value of a record as it was recorded. */
    JsonNode value(int row) {
        if (has(RecordedRecord.VALUE)) {
            return column(RecordedRecord.VALUE).value(row);
        }
        if (!hasFields()) {
            return MissingNode.getInstance();
        }
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        ofValues.forEach((name, stored) -> value.set(name, stored.column().value(row)));
        return value;
    }
}
