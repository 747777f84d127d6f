package io.yardmaster.replay.recording;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a list of whole numbers from the end of a line, as {@link ColumnText} writes it: with nothing but a comma between two numbers. */
final class NumberText {
    private static final int MOST_DIGITS = 19;

    private final String field;
    private final byte[] line;
    private int position;

    /** The field in which such a list is. */
    static final class Form {
        private final String field;
        private final byte[] beginning;

        Form(String field) {
            this.field = field;
            this.beginning = (",\"" + field + "\":[").getBytes(StandardCharsets.UTF_8);
        }

        String field() {
            return field;
        }

        boolean isAt(byte[] line, int from) {
            int to = from + beginning.length;
            return to <= line.length && Arrays.equals(line, from, to, beginning, 0, beginning.length);
        }

        NumberText read(byte[] line, int from) {
            return new NumberText(field, line, from + beginning.length);
        }
    }

    private NumberText(String field, byte[] line, int position) {
        this.field = field;
        this.line = line;
        this.position = position;
    }

    /** The next number. Throws {@link IllegalArgumentException} if there is none. */
    long next() {
        boolean isNegative = at(position) == '-';
        position += isNegative ? 1 : 0;
        int begin = position;
        long number = 0;
        int digit = at(position) - '0';
        while (digit >= 0 && digit <= 9) {
            number = 10 * number + digit;
            digit = at(++position) - '0';
        }
        boolean isLast = digit == ']' - '0';
        if (position == begin || position - begin > MOST_DIGITS || !(isLast || digit == ',' - '0')) {
            throw wrong();
        }
        position += isLast ? 0 : 1;
        return isNegative ? -number : number;
    }

    /** The next number as the length of a list of numbers that follow. */
    int nextLength() {
        long length = next();
        if (length < 0 || length > line.length - position) {
            throw wrong();
        }
        return (int) length;
    }

    private int at(int place) {
        return place < line.length ? line[place] : -1;
    }

    /** Throws {@link IllegalArgumentException} unless all numbers were read, and nothing else is in the line. */
    void end() {
        if (position != line.length - 2 || line[position] != ']' || line[position + 1] != '}') {
            throw wrong();
        }
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException(
                "the field " + field + " must be a list of whole numbers, as many as the records have");
    }
}
