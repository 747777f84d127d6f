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
    private static final int MAX_COMPLAINTS = 10;
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private ReadyEventsCsv() {}

    /**
     * All events of the file, in its order.
     *
     * @throws InvalidInputException if anything in the file is wrong: a line {@code file:line: what is wrong} for each of
     *     the first wrong lines
     */
    public static List<StorageEvent<?>> read(Path file) {
        try (InputStream in = InputFiles.open(file);
                JsonParser parser = CSV.createParser(in)) {
            return read(file, parser);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "%s:%d: not CSV: %s".formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()));
        } catch (IOException e) {
            throw InputFiles.unreadable(file, e);
        }
    }

    private static List<StorageEvent<?>> read(Path file, JsonParser parser) throws IOException {
        List<StorageEvent<?>> events = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
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
                        events.addAll(columns.events(cells));
                    }
                } catch (IllegalArgumentException e) {
                    // A cell in quotes may hold line breaks.
                    String what = e.getMessage().replaceAll("\\s*\\R\\s*", " ");
                    complaints.add(file + ":" + line + ": " + what);
                    if (columns == null) {
                        break;
                    }
                }
                cells.clear();
            }
        }
        if (!complaints.isEmpty()) {
            throw new InvalidInputException(joined(file, complaints));
        }
        if (events.isEmpty()) {
            throw new InvalidInputException(file + ": has no events");
        }
        return events;
    }

    private static String joined(Path file, List<String> complaints) {
        String shown = String.join("\n", complaints.subList(0, Math.min(MAX_COMPLAINTS, complaints.size())));
        int more = complaints.size() - MAX_COMPLAINTS;
        return more <= 0 ? shown : shown + "\n" + file + ": and " + more + " more wrong lines";
    }
}
