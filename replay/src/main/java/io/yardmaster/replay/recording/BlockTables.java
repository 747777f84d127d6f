package io.yardmaster.replay.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The tables of a block's records, and the order of the records. */
final class BlockTables {
    private static final int TABLE = 0;
    private static final int RECORDS = 1;

    private final Map<List<String>, Growing> byFields = new LinkedHashMap<>();
    /** The number of a table, and how many of its records follow, by turns. */
    private final List<int[]> order = new ArrayList<>();
    /** The names of columns by the fields of values that they hold. */
    private final Map<String, String> ofValues = new HashMap<>();
    /** The names of a record's topic and columns, and what it has in these. */
    private final List<String> names = new ArrayList<>();

    private final List<JsonNode> fields = new ArrayList<>();
    private int records;
    private int lines;

    /** The columns of a table. */
    private static final class Growing {
        private final int number;
        private final String topic;
        private final List<String> names;
        private final List<List<JsonNode>> columns = new ArrayList<>();

        private Growing(int number, List<String> topicAndNames) {
            this.number = number;
            this.topic = topicAndNames.get(0);
            this.names = topicAndNames.subList(1, topicAndNames.size());
            names.forEach(name -> columns.add(new ArrayList<>()));
        }

        private void add(List<JsonNode> record) {
            for (int i = 0; i < record.size(); i++) {
                columns.get(i).add(record.get(i));
            }
        }

        private int records() {
            return columns.get(0).size();
        }
    }

    /** Appends a record. */
    void add(RecordedRecord record) {
        names.clear();
        fields.clear();
        names.add(record.topic().id(record.pool()));
        record.json().properties().forEach(field -> take(field.getKey(), field.getValue()));
        Growing table = byFields.get(names);
        if (table == null) {
            List<String> own = List.copyOf(names);
            table = new Growing(byFields.size(), own);
            byFields.put(own, table);
            lines += own.size();
        }
        table.add(fields);
        int[] last = order.isEmpty() ? null : order.get(order.size() - 1);
        if (last != null && last[TABLE] == table.number) {
            last[RECORDS]++;
        } else {
            order.add(new int[] {table.number, 1});
        }
        records++;
    }

    private void take(String name, JsonNode field) {
        boolean isValue = name.equals(RecordedRecord.VALUE);
        if (isValue && field.isObject() && !field.isEmpty()) {
            field.properties()
                    .forEach(one ->
                            take(ofValues.computeIfAbsent(one.getKey(), RecordTable.OF_VALUE::concat), one.getValue()));
        } else if (!name.equals(RecordedRecord.TOPIC) && !(isValue && field.isMissingNode())) {
            names.add(name);
            fields.add(field);
        }
    }

    int records() {
        return records;
    }

    /** The number of lines that it has so far. */
    int lines() {
        return lines;
    }

    /** Passes its lines: each table with its columns, and the order of the records behind all of them. */
    void write(Consumer<ObjectNode> to) {
        for (Growing table : byFields.values()) {
            to.accept(JsonNodeFactory.instance
                    .objectNode()
                    .put(BlockRecords.TABLE, table.topic)
                    .put(BlockRecords.RECORDS, table.records()));
            for (int i = 0; i < table.names.size(); i++) {
                String name = table.names.get(i);
                List<JsonNode> partitions = name.equals(RecordedRecord.OFFSET)
                        ? table.columns.get(table.names.indexOf(RecordedRecord.PARTITION))
                        : null;
                to.accept(ColumnText.write(name, table.columns.get(i), partitions));
            }
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ArrayNode turns = line.putArray(BlockRecords.ORDER);
        order.forEach(turn -> turns.add(turn[TABLE]).add(turn[RECORDS]));
        to.accept(line);
    }

    /** Its tables by their numbers. */
    List<RecordTable> tables() {
        return byFields.values().stream().map(BlockTables::table).toList();
    }

    /** The order in which {@link BlockRecords} goes through them. */
    int[] order() {
        return order.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private static RecordTable table(Growing growing) {
        RecordTable table = new RecordTable(growing.topic, growing.records());
        for (int i = 0; i < growing.names.size(); i++) {
            String name = growing.names.get(i);
            List<JsonNode> values = growing.columns.get(i);
            table.add(name, () -> RecordColumn.of(name, values));
        }
        return table;
    }
}
