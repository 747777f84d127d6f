package io.yardmaster.replay.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/**
 * Holds what the records of a table have in one field, by their places in the table, from 0. Each method throws
 * {@link IllegalArgumentException} with a reason that names the field if it is something else.
 */
abstract class RecordColumn {
    private final String name;

    private RecordColumn(String name) {
        this.name = name;
    }

    /** A field that no record has. */
    static RecordColumn missing(String name) {
        return same(name, MissingNode.getInstance());
    }

    /** A field with the same value in all records. */
    static RecordColumn same(String name, JsonNode value) {
        return new Same(name, value);
    }

    static RecordColumn of(String name, List<JsonNode> values) {
        return new Values(name, values);
    }

    static RecordColumn numbers(String name, long[] numbers) {
        return new Numbers(name, numbers);
    }

    /** Texts that are whole numbers in decimal digits. */
    static RecordColumn digits(String name, long[] numbers) {
        return new Digits(name, numbers);
    }

    /** Lists of whole numbers. */
    static RecordColumn lists(String name, long[][] lists) {
        return new Lists(name, lists);
    }

    /** The value as it was recorded. */
    abstract JsonNode value(int row);

    long number(int row) {
        return Fields.asNumber(value(row), name);
    }

    /** The numbers of all records. */
    long[] numbers(int rows) {
        long[] numbers = new long[rows];
        for (int row = 0; row < rows; row++) {
            numbers[row] = number(row);
        }
        return numbers;
    }

    int smallNumber(int row) {
        return Fields.small(number(row), name);
    }

    String text(int row) {
        return Fields.asText(value(row), name);
    }

    JsonNode list(int row) {
        return Fields.asList(value(row), name);
    }

    boolean flag(int row) {
        return Fields.asFlag(value(row), name);
    }

    /** The constant of that name. */
    <E extends Enum<E>> E constant(int row, Class<E> type) {
        return Fields.asConstant(text(row), name, type);
    }

    /** A list of whole numbers from 0 on, of 32 bits. */
    int[] indices(int row) {
        JsonNode list = value(row);
        int[] indices = new int[list.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = list.get(i).asInt(-1);
        }
        return checked(list.isArray(), indices);
    }

    final int[] checked(boolean isList, int[] indices) {
        boolean isRight = isList;
        for (int index : indices) {
            isRight &= index >= 0;
        }
        if (!isRight) {
            throw new IllegalArgumentException("the field " + name + " must be a list of whole numbers from 0 on");
        }
        return indices;
    }

    private static JsonNode node(long number) {
        return number == (int) number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
    }

    private static final class Same extends RecordColumn {
        private final JsonNode value;
        private final boolean isNumber;
        private final long number;
        /** The last one that was asked for. */
        private Object constant;

        private Same(String name, JsonNode value) {
            super(name);
            this.value = value;
            this.isNumber = value.isIntegralNumber() && value.canConvertToLong();
            this.number = isNumber ? value.longValue() : 0;
        }

        @Override
        JsonNode value(int row) {
            return value;
        }

        @Override
        long number(int row) {
            return isNumber ? number : super.number(row);
        }

        @Override
        <E extends Enum<E>> E constant(int row, Class<E> type) {
            if (!type.isInstance(constant)) {
                constant = super.constant(row, type);
            }
            return type.cast(constant);
        }
    }

    private static final class Values extends RecordColumn {
        private final List<JsonNode> values;

        private Values(String name, List<JsonNode> values) {
            super(name);
            this.values = values;
        }

        @Override
        JsonNode value(int row) {
            return values.get(row);
        }
    }

    private static final class Numbers extends RecordColumn {
        private final long[] numbers;

        private Numbers(String name, long[] numbers) {
            super(name);
            this.numbers = numbers;
        }

        @Override
        JsonNode value(int row) {
            return node(numbers[row]);
        }

        @Override
        long number(int row) {
            return numbers[row];
        }
    }

    private static final class Digits extends RecordColumn {
        private final long[] numbers;

        private Digits(String name, long[] numbers) {
            super(name);
            this.numbers = numbers;
        }

        @Override
        JsonNode value(int row) {
            return TextNode.valueOf(Long.toString(numbers[row]));
        }
    }

    private static final class Lists extends RecordColumn {
        private final long[][] lists;

        private Lists(String name, long[][] lists) {
            super(name);
            this.lists = lists;
        }

        @Override
        JsonNode value(int row) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode(lists[row].length);
            for (long number : lists[row]) {
                list.add(node(number));
            }
            return list;
        }

        @Override
        int[] indices(int row) {
            int[] indices = new int[lists[row].length];
            for (int i = 0; i < indices.length; i++) {
                long number = lists[row][i];
                indices[i] = number == (int) number ? (int) number : -1;
            }
            return checked(true, indices);
        }
    }
}
