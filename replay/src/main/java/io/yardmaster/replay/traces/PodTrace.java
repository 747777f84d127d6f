package io.yardmaster.replay.traces;

import io.yardmaster.replay.RecordedWork;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The pods of Alibaba's GPU trace of 2023, a CSV file with a header, one after the other.
 *
 * <p>Lines must be in the order of {@code creation_time}, as they are published. Times are seconds from the beginning of the trace on;
 * {@code scheduled_time} and {@code deletion_time} may be empty.
 */
public final class PodTrace implements AutoCloseable {
    /** The classes of service, column {@code qos}: latency-sensitive, best effort, and the two of Kubernetes between them. */
    public static final List<String> SERVICES = List.of("LS", "BE", "Burstable", "Guaranteed");

    /** A file with one of these columns has pods, or is meant to. */
    private static final Set<String> KNOWN_BY = Set.of(PodColumns.CPU, PodColumns.GPUS, PodColumns.CREATED);

    private static final long MOST_UNITS = 1_000_000_000;
    private static final int MOST_GPUS = 1_000;
    private static final int WHOLE_GPU = 1_000;
    private static final long SECOND = 1_000;
    private static final double LATEST = 1e12;

    private final Path file;
    private final CsvRows rows;
    private PodColumns columns;
    private long latest;

    /** Opens a file. */
    public PodTrace(Path file) {
        this.file = file;
        this.rows = new CsvRows(file);
    }

    /** Returns whether a file that begins with this line has the pods of the trace. */
    public static boolean isHeader(String line) {
        return List.of(line.replace("\"", "").split(",", -1)).stream()
                .map(String::strip)
                .anyMatch(KNOWN_BY::contains);
    }

    /** Returns whether a file has the pods of the trace. */
    public static boolean isOf(Path file) {
        try (TraceLines lines = new TraceLines(file)) {
            String first = lines.next();
            return first != null && isHeader(first);
        }
    }

    /**
     * The next pod; empty behind the last one.
     *
     * @throws io.yardmaster.replay.InvalidDayException if the file cannot be read further
     */
    public Optional<TracePod> next() {
        if (columns == null) {
            columns = columns();
        }
        List<String> cells = rows.next();
        if (cells == null) {
            return Optional.empty();
        }
        if (cells.size() != columns.size()) {
            throw mistake("has %s cells; there are %s columns".formatted(cells.size(), columns.size()));
        }
        return Optional.of(pod(cells));
    }

    private PodColumns columns() {
        List<String> header = rows.next();
        try {
            return new PodColumns(header == null ? List.of() : header);
        } catch (IllegalArgumentException e) {
            throw mistake(e.getMessage());
        }
    }

    private TracePod pod(List<String> cells) {
        long created = time(cells, PodColumns.CREATED);
        long scheduled = time(cells, PodColumns.SCHEDULED);
        long deleted = time(cells, PodColumns.DELETED);
        if (created < 0) {
            throw mistake(PodColumns.CREATED + " is missing");
        }
        requireOrder(created >= latest, "created", created, "after a pod at", latest);
        requireOrder(scheduled < 0 || scheduled >= created, "scheduled", scheduled, "and created at", created);
        requireOrder(deleted < 0 || deleted >= created, "deleted", deleted, "and created at", created);
        requireOrder(deleted < 0 || deleted >= scheduled, "deleted", deleted, "and scheduled at", scheduled);
        latest = created;
        long gpus = number(cells, PodColumns.GPUS, MOST_GPUS);
        return new TracePod(
                number(cells, PodColumns.CPU, MOST_UNITS),
                number(cells, PodColumns.MEMORY, MOST_UNITS),
                (int) gpus,
                gpus * number(cells, PodColumns.GPU_MILLI, WHOLE_GPU),
                service(cells),
                created,
                scheduled,
                deleted);
    }

    private void requireOrder(boolean ordered, String what, long at, String other, long otherAt) {
        if (!ordered) {
            throw mistake("the clock goes back: it was %s at %s s, %s %s s"
                    .formatted(what, seconds(at), other, seconds(otherAt)));
        }
    }

    private static String seconds(long millis) {
        return millis % SECOND == 0 ? String.valueOf(millis / SECOND) : String.valueOf(1.0 * millis / SECOND);
    }

    private String service(List<String> cells) {
        String name = columns.cell(cells, PodColumns.SERVICE);
        if (!SERVICES.contains(name)) {
            throw mistake(
                    "%s is '%s', must be one of %s".formatted(PodColumns.SERVICE, name, String.join(", ", SERVICES)));
        }
        return name;
    }

    private long number(List<String> cells, String column, long most) {
        String text = columns.cell(cells, column);
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(column, text, most);
        }
        throw wrong(column, text, most);
    }

    private RuntimeException wrong(String column, String text, long most) {
        return mistake("%s is '%s', must be a whole number from 0 to %s".formatted(column, text, most));
    }

    /** A time in ms; unknown if there is none. */
    private long time(List<String> cells, String column) {
        String text = columns.cell(cells, column);
        if (text.isEmpty()) {
            return RecordedWork.UNKNOWN;
        }
        try {
            double seconds = Double.parseDouble(text);
            if (seconds >= 0 && seconds <= LATEST) {
                return Math.round(seconds * SECOND);
            }
        } catch (NumberFormatException e) {
            throw wrongTime(column, text);
        }
        throw wrongTime(column, text);
    }

    private RuntimeException wrongTime(String column, String text) {
        return mistake("%s is '%s', must be a number of seconds, 0 or more".formatted(column, text));
    }

    private RuntimeException mistake(String what) {
        return TraceFile.mistake(file, rows.line(), what);
    }

    @Override
    public void close() {
        rows.close();
    }
}
