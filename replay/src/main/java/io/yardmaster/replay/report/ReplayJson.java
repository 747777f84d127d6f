package io.yardmaster.replay.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A comparison as JSON: every figure, times in ms. */
public final class ReplayJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String LINE_END = "\n";

    private final JsonGenerator out;

    private ReplayJson(JsonGenerator out) {
        this.out = out;
    }

    /** The document, which ends with a line end. */
    public static String of(Comparison comparison) {
        StringWriter text = new StringWriter();
        DefaultIndenter indenter = new DefaultIndenter("  ", LINE_END);
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(indenter));
            new ReplayJson(out).write(comparison);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + LINE_END;
    }

    private void write(Comparison comparison) throws IOException {
        out.writeStartObject();
        out.writeObjectFieldStart("fleet");
        out.writeNumberField("slots", comparison.fleet().slots());
        out.writeStringField("durations", comparison.fleet().durations().name().toLowerCase(Locale.ROOT));
        out.writeNumberField("seed", comparison.fleet().seed());
        out.writeNumberField("unknown_ms", comparison.fleet().unknownRuntime());
        out.writeObjectFieldStart("pools");
        for (Map.Entry<String, Integer> pool : comparison.fleet().pools().entrySet()) {
            out.writeNumberField(pool.getKey(), pool.getValue());
        }
        out.writeEndObject();
        out.writeEndObject();
        out.writeNumberField("jobs", comparison.jobs());
        out.writeNumberField("first_at", comparison.firstAt());
        out.writeNumberField("window_ms", comparison.windowMillis());
        out.writeArrayFieldStart("sides");
        for (DaySide side : comparison.sides()) {
            side(side);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("changes");
        for (PolicyChanges change : comparison.changes()) {
            change(change);
        }
        out.writeEndArray();
        texts("notes", comparison.notes());
        out.writeEndObject();
    }

    private void side(DaySide side) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", side.name());
        out.writeBooleanField("recorded", side.recorded());
        out.writeNumberField("tasks", side.tasks());
        out.writeNumberField("preempted", side.preempted());
        out.writeNumberField("makespan_ms", side.makespan());
        out.writeNumberField("slot_ms", side.slotMillis());
        number("utilisation", side.utilisation());
        row("wait", side.waits());
        row("turnaround", side.turnarounds());
        index("jain_turns", side.jain().turns());
        index("jain_cost", side.jain().cost());
        index("jain_dominant_share", side.jain().dominant());
        out.writeNumberField("jain_windows", side.jain().windows());
        out.writeNumberField("deadline_jobs", side.jobsWithDeadlines());
        out.writeNumberField("deadlines_missed", side.missedDeadlines());
        rows("by_group", side.byGroup());
        rows("by_priority", side.byPriority());
        rows("by_size", side.bySize());
        out.writeArrayFieldStart("deadlines");
        for (DeadlineRow row : side.deadlines()) {
            out.writeStartObject();
            out.writeNumberField("group", row.group());
            out.writeNumberField("within_ms", row.within());
            out.writeNumberField("jobs", row.jobs());
            out.writeNumberField("missed", row.missed());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("limits");
        for (LimitRow limit : side.limits()) {
            out.writeStartObject();
            out.writeStringField("key", limit.key());
            out.writeNumberField("capacity", limit.capacity());
            number("mean", limit.mean());
            out.writeNumberField("most", limit.most());
            parts("in_use_by_window", limit.byWindow());
            out.writeEndObject();
        }
        out.writeEndArray();
        parts("utilisation_by_window", side.busy());
        texts("notes", side.notes());
        out.writeEndObject();
    }

    private void parts(String field, List<Double> parts) throws IOException {
        out.writeArrayFieldStart(field);
        for (double part : parts) {
            out.writeNumber(rounded(part));
        }
        out.writeEndArray();
    }

    private void number(String field, double value) throws IOException {
        out.writeFieldName(field);
        out.writeNumber(rounded(value));
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }

    private void index(String field, OptionalDouble index) throws IOException {
        if (index.isEmpty()) {
            out.writeNullField(field);
        } else {
            number(field, index.getAsDouble());
        }
    }

    private void row(String field, Optional<WaitRow> row) throws IOException {
        out.writeFieldName(field);
        if (row.isEmpty()) {
            out.writeNull();
        } else {
            row(row.get());
        }
    }

    private void rows(String field, List<WaitRow> rows) throws IOException {
        out.writeArrayFieldStart(field);
        for (WaitRow row : rows) {
            row(row);
        }
        out.writeEndArray();
    }

    private void row(WaitRow row) throws IOException {
        out.writeStartObject();
        out.writeStringField("of", row.what());
        out.writeNumberField("tasks", row.tasks());
        out.writeNumberField("mean_ms", row.mean());
        out.writeNumberField("p50_ms", row.p50());
        out.writeNumberField("p90_ms", row.p90());
        out.writeNumberField("p99_ms", row.p99());
        out.writeNumberField("longest_ms", row.longest());
        out.writeEndObject();
    }

    private void change(PolicyChanges change) throws IOException {
        out.writeStartObject();
        out.writeStringField("from", change.from());
        out.writeStringField("to", change.to());
        out.writeNumberField("better", change.better());
        out.writeNumberField("worse", change.worse());
        groups("gained", change.gained());
        groups("lost", change.lost());
        out.writeEndObject();
    }

    private void groups(String field, List<GroupChange> groups) throws IOException {
        out.writeArrayFieldStart(field);
        for (GroupChange group : groups) {
            out.writeStartObject();
            out.writeNumberField("group", group.group());
            out.writeNumberField("tasks", group.tasks());
            out.writeNumberField("mean_before_ms", group.before());
            out.writeNumberField("mean_after_ms", group.after());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void texts(String field, List<String> texts) throws IOException {
        out.writeArrayFieldStart(field);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }
}
