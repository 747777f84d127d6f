package io.yardmaster.app.prose;

import java.util.BitSet;

/** A piece of a file that is read on its own; each of its characters knows its line. */
final class Passage {
    enum Kind {
        CODE,
        JAVADOC,
        COMMENT,
        /** String literals that are joined with {@code +}. */
        LITERAL,
        /** A literal after a comma, which may be the next line of the literal before it. */
        LITERAL_IN_LIST,
        PARAGRAPH,
        TABLE_CELL,
        /** The text about one part of a schema, an API or a dashboard. */
        DESCRIPTION
    }

    private final Kind kind;
    private final int firstLine;
    private final StringBuilder text = new StringBuilder();
    private final BitSet lineStarts = new BitSet();
    private int line;

    Passage(Kind kind, int firstLine) {
        this.kind = kind;
        this.firstLine = firstLine;
        this.line = firstLine;
    }

    /** Appends text of one line, which is the line of the text before it or a later one. */
    void add(String more, int lineOfMore) {
        for (; line < lineOfMore; line++) {
            if (lineStarts.get(text.length())) {
                text.append(' ');
            }
            lineStarts.set(text.length());
        }
        text.append(more);
    }

    Kind kind() {
        return kind;
    }

    String text() {
        return text.toString();
    }

    int line(int offset) {
        return firstLine + lineStarts.get(0, offset + 1).cardinality();
    }
}
