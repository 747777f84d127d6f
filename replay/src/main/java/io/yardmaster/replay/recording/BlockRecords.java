package io.yardmaster.replay.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goes through the records of a block in their order, but for those of other topics. */
final class BlockRecords {
    static final String TABLE = "table";
    static final String RECORDS = "records";
    static final String ORDER = "order";

    static final BlockRecords NONE = new BlockRecords(List.of(), new int[0], Set.of());

    private final List<RecordTable> tables;
    private final int[] order;
    private final Set<RecordedTopic> topics;
    /** The next row of each table. */
    private final int[] rows;

    private int turn;
    private int table;
    private int behind;

    /**
     * @param order the number of a table, and how many of its records follow, by turns
     * @throws IllegalArgumentException if these are not all records of the tables, or a record has no place or time
     */
    BlockRecords(List<RecordTable> tables, int[] order, Set<RecordedTopic> topics) {
        this.tables = tables;
        this.order = order;
        this.topics = topics;
        this.rows = new int[tables.size()];
        check();
        tables.stream().filter(one -> topics.contains(one.topic())).forEach(RecordTable::open);
    }

    /** Reads the order. Throws {@link IllegalArgumentException} if it is none. */
    static int[] order(JsonNode line) {
        JsonNode list = Fields.list(line, ORDER);
        int[] order = new int[list.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = Fields.small(Fields.asNumber(list.get(i), ORDER), ORDER);
        }
        return order;
    }

    private void check() {
        int[] left = tables.stream().mapToInt(RecordTable::rows).toArray();
        boolean isRight = order.length % 2 == 0;
        for (int i = 0; isRight && i < order.length; i += 2) {
            isRight = order[i] >= 0 && order[i] < left.length && order[i + 1] > 0 && order[i + 1] <= left[order[i]];
            if (isRight) {
                left[order[i]] -= order[i + 1];
            }
        }
        for (int one : left) {
            isRight &= one == 0;
        }
        if (!isRight) {
            throw new IllegalArgumentException("the field order must have each record of the tables once");
        }
    }

    /** The next record; null at the end. */
    RecordRow next() {
        while (turn < order.length || behind > 0) {
            if (behind > 0) {
                behind--;
                return new RecordRow(tables.get(table), rows[table]++);
            }
            table = order[turn];
            behind = topics.contains(tables.get(table).topic()) ? order[turn + 1] : 0;
            turn += 2;
        }
        return null;
    }

    /** Adds the numbers of its records that it goes through. */
    void count(Map<RecordedTopic, Long> counts) {
        tables.stream()
                .filter(one -> topics.contains(one.topic()))
                .forEach(one -> counts.merge(one.topic(), (long) one.rows(), Long::sum));
    }

    /** The number of its records, those of other topics included. */
    int records() {
        return tables.stream().mapToInt(RecordTable::rows).sum();
    }
}
