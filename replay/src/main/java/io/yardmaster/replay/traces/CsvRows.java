package io.yardmaster.replay.traces;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rows of a CSV file, with the numbers of their lines. */
final class CsvRows implements AutoCloseable {
    private static final CsvFactory CSV = CsvFactory.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();
    private static final int MOST_CELLS = 1_000;

    private final Path file;
    private final InputStream in;
    private final JsonParser parser;
    private final List<String> cells = new ArrayList<>();
    private long line = 1;

    CsvRows(Path file) {
        this.file = file;
        this.in = TraceFile.open(file);
        try {
            this.parser = CSV.createParser(in);
        } catch (IOException e) {
            throw TraceFile.unreadable(file, line, e);
        }
    }

    /** The line of the row that was read last, from 1 on. */
    long line() {
        return line;
    }

    /** The cells of the next row, without blanks around them, until the row after it is read; null behind the last one. */
    List<String> next() {
        cells.clear();
        for (JsonToken token = token(); token != null; token = token()) {
            if (token == JsonToken.VALUE_STRING) {
                add();
            } else if (token == JsonToken.END_ARRAY) {
                return cells;
            }
        }
        return null;
    }

    private void add() {
        line = cells.isEmpty() ? parser.currentTokenLocation().getLineNr() : line;
        if (cells.size() == MOST_CELLS) {
            throw TraceFile.mistake(file, line, "has more than %s cells".formatted(MOST_CELLS));
        }
        try {
            cells.add(parser.getText());
        } catch (IOException e) {
            throw TraceFile.unreadable(file, line, e);
        }
    }

    private JsonToken token() {
        try {
            return parser.nextToken();
        } catch (JsonProcessingException e) {
            throw TraceFile.mistake(file, e.getLocation().getLineNr(), "not CSV: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw TraceFile.unreadable(file, line, e);
        }
    }

    @Override
    public void close() {
        try {
            parser.close();
            in.close();
        } catch (IOException e) {
            throw TraceFile.unreadable(file, line, e);
        }
    }
}
