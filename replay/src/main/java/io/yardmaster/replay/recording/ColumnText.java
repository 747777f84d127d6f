package io.yardmaster.replay.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The line of a column in a recording: its name, and one more field with the values. Lists of numbers, which are most of a file, are read
 * from their bytes, without an object for each number.
 */
final class ColumnText {
    /** The first bytes of each such line, behind which its name follows. */
    static final byte[] BEGINNING = "{\"column\":\"".getBytes(StandardCharsets.UTF_8);

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ALL = "all";
    private static final String VALUES = "values";
    private static final NumberText.Form STEPS = new NumberText.Form("steps");
    private static final NumberText.Form BY_PARTITION = new NumberText.Form("by_partition");
    private static final NumberText.Form DIGITS = new NumberText.Form("digits");
    private static final NumberText.Form LISTS = new NumberText.Form("lists");
    private static final int NINETEEN_DIGITS = 19;

    private ColumnText() {}

    /**
     * The line of these values, of which there is at least one.
     *
     * @param partitions of the records, if their offsets are the values, and null otherwise
     */
    static ObjectNode write(String name, List<JsonNode> values, List<JsonNode> partitions) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("column", name);
        JsonNode first = values.get(0);
        if (all(values, first::equals)) {
            line.set(ALL, first);
        } else if (partitions != null) {
            writeByPartition(line.putArray(BY_PARTITION.field()), values, partitions);
        } else if (all(values, ColumnText::isWhole)) {
            writeSteps(line.putArray(STEPS.field()), values);
        } else if (all(values, ColumnText::isDigits)) {
            writeSteps(line.putArray(DIGITS.field()), values);
        } else if (all(values, ColumnText::isListOfWhole)) {
            writeLists(line.putArray(LISTS.field()), values);
        } else {
            line.putArray(VALUES).addAll(values);
        }
        return line;
    }

    private static boolean all(List<JsonNode> values, Predicate<JsonNode> are) {
        for (JsonNode value : values) {
            if (!are.test(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong();
    }

    /** Returns whether a value is the text that a whole number has, which a zero before it, say, has not. */
    private static boolean isDigits(JsonNode value) {
        String text = value.textValue();
        if (text == null || text.isEmpty() || text.length() > NINETEEN_DIGITS) {
            return false;
        }
        try {
            return Long.toString(Long.parseLong(text)).equals(text);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isListOfWhole(JsonNode value) {
        boolean isWhole = value.isArray();
        for (JsonNode one : value) {
            isWhole &= isWhole(one);
        }
        return isWhole;
    }

    private static void writeSteps(ArrayNode steps, List<JsonNode> values) {
        long last = 0;
        for (JsonNode value : values) {
            long number = value.isTextual() ? Long.parseLong(value.textValue()) : value.longValue();
            steps.add(number - last);
            last = number;
        }
    }

    private static void writeByPartition(ArrayNode steps, List<JsonNode> offsets, List<JsonNode> partitions) {
        Map<JsonNode, Long> last = new HashMap<>();
        for (int row = 0; row < offsets.size(); row++) {
            long offset = offsets.get(row).longValue();
            Long before = last.put(partitions.get(row), offset);
            steps.add(before == null ? offset : offset - before);
        }
    }

    private static void writeLists(ArrayNode numbers, List<JsonNode> lists) {
        long last = 0;
        for (JsonNode list : lists) {
            numbers.add(list.size());
            for (JsonNode number : list) {
                numbers.add(number.longValue() - last);
                last = number.longValue();
            }
        }
    }

    /** The name of a column by its line, which begins as it must. */
    static String name(byte[] line) {
        int end = BEGINNING.length;
        while (end < line.length && line[end] != '"') {
            end++;
        }
        return new String(line, BEGINNING.length, end - BEGINNING.length, StandardCharsets.UTF_8);
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException with a reason, if it has not as many values
     */
    static RecordColumn read(String name, byte[] line, RecordTable table) {
        int rows = table.rows();
        int behind = BEGINNING.length + name.getBytes(StandardCharsets.UTF_8).length + 1;
        if (STEPS.isAt(line, behind)) {
            return RecordColumn.numbers(name, steps(STEPS.read(line, behind), rows));
        }
        if (DIGITS.isAt(line, behind)) {
            return RecordColumn.digits(name, steps(DIGITS.read(line, behind), rows));
        }
        if (name.equals(RecordedRecord.OFFSET) && BY_PARTITION.isAt(line, behind)) {
            RecordColumn partitions = table.column(RecordedRecord.PARTITION);
            return RecordColumn.numbers(name, offsets(BY_PARTITION.read(line, behind), rows, partitions));
        }
        if (LISTS.isAt(line, behind)) {
            return RecordColumn.lists(name, lists(LISTS.read(line, behind), rows));
        }
        return parsed(name, line, rows);
    }

    private static RecordColumn parsed(String name, byte[] line, int rows) {
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalArgumentException("is no JSON", e);
        }
        if (json.has(ALL)) {
            return RecordColumn.same(name, json.path(ALL));
        }
        JsonNode list = json.path(VALUES);
        if (!list.isArray() || list.size() != rows) {
            throw new IllegalArgumentException(
                    "the column %s must have a value for each of %s records".formatted(name, rows));
        }
        List<JsonNode> values = new ArrayList<>(rows);
        list.forEach(values::add);
        return RecordColumn.of(name, values);
    }

    private static long[] steps(NumberText text, int rows) {
        long[] numbers = new long[rows];
        long last = 0;
        for (int row = 0; row < rows; row++) {
            last += text.next();
            numbers[row] = last;
        }
        text.end();
        return numbers;
    }

    private static long[] offsets(NumberText text, int rows, RecordColumn partitions) {
        long[] offsets = new long[rows];
        Map<Integer, long[]> last = new HashMap<>();
        for (int row = 0; row < rows; row++) {
            long[] offset = last.computeIfAbsent(partitions.smallNumber(row), partition -> new long[1]);
            offset[0] += text.next();
            offsets[row] = offset[0];
        }
        text.end();
        return offsets;
    }

    private static long[][] lists(NumberText text, int rows) {
        long[][] lists = new long[rows][];
        long last = 0;
        for (int row = 0; row < rows; row++) {
            lists[row] = new long[text.nextLength()];
            for (int i = 0; i < lists[row].length; i++) {
                last += text.next();
                lists[row][i] = last;
            }
        }
        text.end();
        return lists;
    }
}
