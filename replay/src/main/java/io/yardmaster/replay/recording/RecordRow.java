package io.yardmaster.replay.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/**
 * A record of a table, whose fields are read as they are asked for. These methods throw {@link IllegalArgumentException} with a reason if
 * a field is not what it must be, or not there.
 */
record RecordRow(RecordTable table, int row) {
    /** The row of a record by itself. */
    static RecordRow of(RecordedRecord record) {
        BlockTables block = new BlockTables();
        block.add(record);
        return new BlockRecords(block.tables(), block.order(), Set.of(record.topic())).next();
    }

    RecordedTopic topic() {
        return table.topic();
    }

    int partition() {
        return table.partition(row);
    }

    long offset() {
        return table.offset(row);
    }

    long timestampMs() {
        return table.timestamp(row);
    }

    String key() {
        return table.column(RecordedRecord.KEY).text(row);
    }

    boolean isRefused() {
        return table.isRefused();
    }

    Optional<String> expects() {
        return optional(RecordedRecord.EXPECTS);
    }

    Optional<String> ticks() {
        return optional(RecordedRecord.TICKS);
    }

    private Optional<String> optional(String name) {
        return table.has(name) ? Optional.of(table.column(name).text(row)) : Optional.empty();
    }

    int shard() {
        return table.has(RecordedRecord.SHARD)
                ? table.column(RecordedRecord.SHARD).smallNumber(row)
                : RecordedRecord.NO_SHARD;
    }

    long number() {
        return table.has(RecordedRecord.NUMBER)
                ? table.column(RecordedRecord.NUMBER).number(row)
                : RecordedRecord.NO_NUMBER;
    }

    /** Returns whether it is an assignment. A record of its topics without a value is none: it tells a host something. */
    boolean isAssignment() {
        return topic() == RecordedTopic.DISPATCH && table.hasFields();
    }

    /** Returns whether the value has fields. */
    boolean hasFields() {
        return table.hasFields();
    }

    /** The whole value. */
    JsonNode value() {
        return table.value(row);
    }

    /** A field of the value, which need not be there. */
    JsonNode value(String name) {
        return table.ofValues(name).value(row);
    }

    long number(String name) {
        return table.ofValues(name).number(row);
    }

    int smallNumber(String name) {
        return table.ofValues(name).smallNumber(row);
    }

    String text(String name) {
        return table.ofValues(name).text(row);
    }

    JsonNode list(String name) {
        return table.ofValues(name).list(row);
    }

    boolean flag(String name) {
        return table.ofValues(name).flag(row);
    }

    /** The constant of that name. */
    <E extends Enum<E>> E constant(String name, Class<E> type) {
        return table.ofValues(name).constant(row, type);
    }

    /** A list of whole numbers from 0 on. */
    int[] indices(String name) {
        return table.ofValues(name).indices(row);
    }

    /** Its place in Kafka, for people. */
    String place() {
        return RecordedRecord.place(topic(), table.pool(), partition(), offset());
    }

    /** The record as it was written. */
    RecordedRecord record() {
        return new RecordedRecord(
                topic(),
                table.pool(),
                partition(),
                offset(),
                timestampMs(),
                key(),
                value(),
                expects(),
                optional(RecordedRecord.REFUSED),
                shard(),
                number(),
                ticks());
    }
}
