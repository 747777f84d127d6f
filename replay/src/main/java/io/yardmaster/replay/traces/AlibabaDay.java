package io.yardmaster.replay.traces;

import io.yardmaster.core.values.GraphStage;
import io.yardmaster.replay.CountText;
import io.yardmaster.replay.Day;
import io.yardmaster.replay.RecordedWork;
import io.yardmaster.replay.TimedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The batch tasks of Alibaba's cluster traces, a CSV file: as published, without a header, or with one that names its columns.
 *
 * <ul>
 *   <li>A task of theirs is a stage here, with as many tasks as it had instances; {@link AlibabaNames} has its dependencies.
 *   <li>A job comes when the first of its stages started, since nobody recorded when it was submitted. So waiting times of
 *       that day are not known. All jobs are of resource group 0, since the trace has no users.
 *   <li>A task takes {@code duration_s} or, if there is no such column, from start to end of its stage. If the stage had not ended,
 *       which is 0 as its end, nobody knows how long.
 *   <li>Lines may be in any order: they are sorted first.
 * </ul>
 */
public final class AlibabaDay implements Day {
    private static final long MOST_CHARACTERS = 32 << 20;
    private static final int MOST_STAGES = 100_000;
    private static final double SECOND = 1_000;
    private static final double LATEST = 1e12;
    private static final char BETWEEN = '\t';
    private static final char BETWEEN_STAGES = '\u001e';

    private final Path file;
    private final JobNumbers jobs;
    private final long mostCharacters;
    private long neverEnded;
    private long neverStarted;
    private String firstOfThem = "";
    private SortedLines byTime;
    private Iterator<String> sorted;

    /** A day that is read when it is first asked for. */
    public AlibabaDay(Path file, JobNumbers jobs) {
        this(file, jobs, MOST_CHARACTERS);
    }

    AlibabaDay(Path file, JobNumbers jobs, long mostCharacters) {
        this.file = file;
        this.jobs = jobs;
        this.mostCharacters = mostCharacters;
    }

    @Override
    public Optional<TimedEvent> next() {
        try {
            if (sorted == null) {
                byTime = new SortedLines(mostCharacters);
                try (SortedLines byJob = new SortedLines(mostCharacters)) {
                    read(byJob);
                    join(byJob.sorted());
                }
                sorted = byTime.sorted();
            }
            return sorted.hasNext() ? Optional.of(event(sorted.next())) : Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            throw new UncheckedIOException(
                    "%s: cannot be sorted in temporary files: %s".formatted(file, e.getMessage()),
                    e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e);
        }
    }

    private void read(SortedLines byJob) throws IOException {
        try (CsvRows rows = new CsvRows(file)) {
            AlibabaColumns columns = null;
            for (List<String> cells = rows.next(); cells != null; cells = rows.next()) {
                boolean header = columns == null && AlibabaColumns.isHeader(cells);
                columns = columns == null ? columns(rows.line(), cells) : columns;
                if (!header) {
                    byJob.add(row(columns, cells, rows.line()));
                }
            }
        }
    }

    private AlibabaColumns columns(long line, List<String> cells) {
        try {
            return AlibabaColumns.of(cells);
        } catch (IllegalArgumentException e) {
            throw TraceFile.mistake(file, line, e.getMessage());
        }
    }

    /** A line: job, number, name, instances, start and duration in ms. */
    private String row(AlibabaColumns columns, List<String> cells, long line) {
        if (cells.size() != columns.size()) {
            throw TraceFile.mistake(
                    file, line, "has %s cells; there are %s columns".formatted(cells.size(), columns.size()));
        }
        String job = name(columns.cell(cells, AlibabaColumns.JOB), "job", line);
        String task = name(columns.cell(cells, AlibabaColumns.TASK), "task_name", line);
        double instances = number(columns.cell(cells, AlibabaColumns.INSTANCES), "instances", 1, line);
        if (instances > Integer.MAX_VALUE || instances != Math.rint(instances)) {
            throw TraceFile.mistake(file, line, "instances is no whole number up to " + Integer.MAX_VALUE);
        }
        double start = number(columns.cell(cells, AlibabaColumns.START), "start", 0, line);
        double end = number(columns.cell(cells, AlibabaColumns.END), "end", 0, line);
        if (end > 0 && end < start) {
            throw TraceFile.mistake(
                    file,
                    line,
                    String.format(
                            Locale.ROOT, "the clock goes back: it ends at %.0f s, and starts at %.0f s", end, start));
        }
        double duration = start > 0 && isOpen(columns, cells, end)
                ? RecordedWork.UNKNOWN
                : number(columns.cell(cells, AlibabaColumns.DURATION), "duration", end > 0 ? end - start : -1, line);
        return String.format(
                Locale.ROOT,
                "%s\t%012d\t%s\t%d\t%d\t%d",
                job,
                line,
                task,
                (long) Math.max(1, instances),
                Math.round(start * SECOND),
                duration < 0 ? RecordedWork.UNKNOWN : Math.round(duration * SECOND));
    }

    /** A stage that still ran when the trace ended has 0 as its end, and its duration in the trace comes from that. */
    private boolean isOpen(AlibabaColumns columns, List<String> cells, double end) {
        boolean open = end == 0 && !columns.cell(cells, AlibabaColumns.END).isEmpty();
        neverEnded += open ? 1 : 0;
        return open;
    }

    private String name(String text, String column, long line) {
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            throw TraceFile.mistake(file, line, column + " must be a name");
        }
        return text;
    }

    private double number(String text, String column, double unless, long line) {
        if (text.isEmpty() || text.equals("nan")) {
            return unless;
        }
        try {
            double number = Double.parseDouble(text);
            if (number >= 0 && number <= LATEST) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(text, column, line);
        }
        throw wrong(text, column, line);
    }

    private RuntimeException wrong(String text, String column, long line) {
        return TraceFile.mistake(file, line, "%s is '%s', must be a number, 0 or more".formatted(column, text));
    }

    /** Joins the stages of each job to a line that begins with its time. */
    private void join(Iterator<String> rows) throws IOException {
        String job = "";
        List<String> stages = new ArrayList<>();
        while (rows.hasNext()) {
            String row = rows.next();
            String of = row.substring(0, row.indexOf(BETWEEN));
            if (!of.equals(job)) {
                addJob(job, stages);
                job = of;
            }
            stages.add(row.substring(of.length() + 1));
            if (stages.size() > MOST_STAGES) {
                throw TraceFile.mistake(
                        file,
                        Long.parseLong(stages.get(MOST_STAGES).substring(0, 12)),
                        "job %s has more than %s stages".formatted(job, MOST_STAGES));
            }
        }
        addJob(job, stages);
    }

    private void addJob(String job, List<String> stages) throws IOException {
        if (!stages.isEmpty()) {
            long start = stages.stream()
                    .mapToLong(stage -> Long.parseLong(stage.split("\t", -1)[3]))
                    .filter(at -> at > 0)
                    .min()
                    .orElse(-1);
            if (start < 0) {
                firstOfThem = neverStarted++ == 0 ? job : firstOfThem;
            } else {
                String joined = String.join(String.valueOf(BETWEEN_STAGES), stages);
                byTime.add(String.format(Locale.ROOT, "%016d", start) + BETWEEN + job + BETWEEN_STAGES + joined);
            }
            stages.clear();
        }
    }

    /** A stage as far as its lines say the same; a stage may have several. */
    private static final class Row {
        long tasks;
        long start;
        double totalMillis;
        boolean unknown;

        void add(String[] cells) {
            int more = Integer.parseInt(cells[2]);
            tasks += more;
            long at = Long.parseLong(cells[3]);
            start = start == 0 || (at > 0 && at < start) ? at : start;
            long duration = Long.parseLong(cells[4]);
            unknown |= duration < 0;
            totalMillis += (double) duration * more;
        }

        long runtime() {
            return unknown ? RecordedWork.UNKNOWN : Math.round(totalMillis / tasks);
        }
    }

    private TimedEvent event(String line) {
        String[] parts = line.split(String.valueOf(BETWEEN_STAGES), -1);
        long at = Long.parseLong(parts[0].substring(0, 16));
        Map<String, Row> rows = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] cells = parts[i].split("\t", -1);
            rows.computeIfAbsent(cells[1], none -> new Row()).add(cells);
        }
        AlibabaNames names = new AlibabaNames(rows.keySet());
        List<GraphStage> stages = new ArrayList<>(rows.size());
        StageRuns runs = new StageRuns(rows.size());
        rows.forEach((name, row) -> {
            List<GraphStage.Dependency> after = names.before(name).stream()
                    .map(before -> new GraphStage.Dependency(before, false))
                    .toList();
            int tasks = (int) Math.min(Integer.MAX_VALUE, row.tasks);
            stages.add(TraceEvents.stage(name, tasks, after));
            long started = row.start == 0 ? RecordedWork.UNKNOWN : row.start;
            runs.add(tasks, row.runtime(), RecordedWork.UNKNOWN, started, "");
        });
        return TraceEvents.submitted(at, jobs.next(), 0, stages, runs);
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (neverStarted > 0) {
            notes.add("%s: left out: %s that never started, %s, say"
                    .formatted(file, CountText.of(neverStarted, "job"), firstOfThem));
        }
        if (neverEnded > 0) {
            notes.add("%s: %s had not ended, so the durations there are not known"
                    .formatted(file, CountText.of(neverEnded, "stage")));
        }
        return notes;
    }

    @Override
    public void close() {
        try {
            if (byTime != null) {
                byTime.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
