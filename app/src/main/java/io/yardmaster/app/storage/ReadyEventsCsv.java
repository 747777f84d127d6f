package io.yardmaster.app.storage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.yardmaster.app.workflow.InputFiles;
import io.yardmaster.app.workflow.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads events from a CSV file whose first line names its columns, in any order:
 *
 * <ul>
 *   <li>{@code resource_group_id}, {@code job_id}, {@code session_id}: whole numbers, the session 0 or more;
 *   <li>{@code task_index}, or {@code task_indices} with something like {@code 0-99;120}, 0 or more;
 *   <li>{@code attempt}, 0 or more; 0 where it is empty or there is no such column;
 *   <li>{@code lane}: {@code ready}, {@code commit} or {@code cleanup}; {@code ready} where it is empty or there is no
 *       such column. Lines of the other two have no task indices and no attempt.
 * </ul>
 */
public final class ReadyEventsCsv {
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private ReadyEventsCsv() {}

    /**
     * Reads the file line by line, however long it is, and hands on its events in its order. Returns their number.
     *
     * @throws InvalidInputException if anything in the file is wrong: a line {@code file:line: mistake} for each of
     *     the first wrong lines. The events of right lines have been handed on by then.
     */
    public static long forEach(Path file, Consumer<StorageEvent<?>> handler) {
        try (InputStream in = InputFiles.open(file);
                JsonParser parser = CSV.createParser(in)) {
            return forEach(file, parser, handler);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "%s:%s: not CSV: %s".formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()));
        } catch (IOException e) {
            throw InputFiles.unreadable(file, e);
        }
    }

    private static long forEach(Path file, JsonParser parser, Consumer<StorageEvent<?>> handler) throws IOException {
        long events = 0;
        Complaints complaints = new Complaints(file);
        CsvColumns columns = null;
        List<String> cells = new ArrayList<>();
        long line = 1;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token == JsonToken.VALUE_STRING) {
                line = cells.isEmpty() ? parser.currentTokenLocation().getLineNr() : line;
                cells.add(parser.getText());
            } else if (token == JsonToken.END_ARRAY) {
                try {
                    if (columns == null) {
                        columns = CsvColumns.of(cells);
                    } else {
                        List<StorageEvent<?>> found = columns.events(cells);
                        found.forEach(handler);
                        events += found.size();
                    }
                } catch (IllegalArgumentException e) {
                    complaints.add(line, e.getMessage());
                    if (columns == null) {
                        break;
                    }
                }
                cells.clear();
            }
        }
        complaints.throwIfAny();
        if (events == 0) {
            throw new InvalidInputException(file + ": has no events");
        }
        return events;
    }
}
