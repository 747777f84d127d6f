package io.yardmaster.replay.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.replay.InvalidDayException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** The lines of a block so far. Throws {@link IllegalArgumentException} with the reason if they make no sense. */
final class BlockLines {
    /** Makes the exception of a line that turns out to be wrong later, by its number and the reason. */
    private final BiFunction<Long, String, InvalidDayException> wrong;

    private final List<RecordTable> tables = new ArrayList<>();
    private int[] order = {};
    private int rows;
    /** The records that are lines by themselves, as in formats 1 to 3. */
    private final BlockTables former = new BlockTables();

    BlockLines(BiFunction<Long, String, InvalidDayException> wrong) {
        this.wrong = wrong;
    }

    /** Takes a line that begins as that of a column. */
    void column(BoundedLines lines, long number, Set<RecordedTopic> topics) {
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("a column must come behind its table");
        }
        RecordTable table = tables.get(tables.size() - 1);
        if (!topics.contains(table.topic())) {
            return;
        }
        byte[] line = Arrays.copyOf(lines.bytes(), lines.length());
        String name = ColumnText.name(line);
        table.add(name, () -> {
            try {
                return ColumnText.read(name, line, table);
            } catch (IllegalArgumentException e) {
                throw wrong.apply(number, e.getMessage());
            }
        });
    }

    /** Takes another line. */
    void line(JsonNode line) {
        if (line.has(BlockRecords.TABLE)) {
            int more = Fields.smallNumber(line, BlockRecords.RECORDS);
            if (more < 1 || more > RecordingWriter.MOST_RECORDS - rows) {
                throw new IllegalArgumentException(
                        "a block must have 1 to %s records".formatted(RecordingWriter.MOST_RECORDS));
            }
            rows += more;
            tables.add(new RecordTable(Fields.text(line, BlockRecords.TABLE), more));
        } else if (line.has(BlockRecords.ORDER)) {
            order = BlockRecords.order(line);
        } else {
            former.add(RecordedRecord.of(line));
        }
    }

    /** The records of these lines that are of some topics. */
    BlockRecords records(Set<RecordedTopic> topics) {
        return former.records() > 0
                ? new BlockRecords(former.tables(), former.order(), topics)
                : new BlockRecords(tables, order, topics);
    }
}
