package io.yardmaster.replay.report;

import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * A comparison as CSV, a line for each figure: {@code policy,by,key,figure,value}. {@code by} is {@code all}, {@code group},
 * {@code priority}, {@code size}, {@code limit} or {@code time}, and {@code key} the group, priority, size, limit or epoch ms.
 */
public final class ReplayCsv {
    private static final CsvFactory CSV = new CsvFactory();
    private static final CsvSchema COLUMNS = CsvSchema.builder()
            .addColumn("policy")
            .addColumn("by")
            .addColumn("key")
            .addColumn("figure")
            .addColumn("value")
            .setUseHeader(true)
            .setLineSeparator("\n")
            .build();
    private static final String ALL = "all";

    private final CsvGenerator out;
    private String policy = "";

    private ReplayCsv(CsvGenerator out) {
        this.out = out;
    }

    /** The lines, with a header. */
    public static String of(Comparison comparison) {
        StringWriter text = new StringWriter();
        try (CsvGenerator out = CSV.createGenerator(text)) {
            out.setSchema(COLUMNS);
            new ReplayCsv(out).write(comparison);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void write(Comparison comparison) throws IOException {
        for (DaySide side : comparison.sides()) {
            policy = side.name();
            figure(ALL, "", "tasks", side.tasks());
            if (!side.recorded()) {
                figure(ALL, "", "preempted", side.preempted());
            }
            figure(ALL, "", "makespan_ms", side.makespan());
            figure(ALL, "", "slot_ms", side.slotMillis());
            figure(ALL, "", "utilisation", rounded(side.utilisation()));
            if (side.jain().turns().isPresent()) {
                figure(ALL, "", "jain_turns", rounded(side.jain().turns().getAsDouble()));
            }
            if (side.jain().cost().isPresent()) {
                figure(ALL, "", "jain_cost", rounded(side.jain().cost().getAsDouble()));
            }
            if (side.jain().dominant().isPresent()) {
                figure(
                        ALL,
                        "",
                        "jain_dominant_share",
                        rounded(side.jain().dominant().getAsDouble()));
            }
            if (!side.deadlines().isEmpty()) {
                figure(ALL, "", "deadline_jobs", side.jobsWithDeadlines());
                figure(ALL, "", "deadlines_missed", side.missedDeadlines());
            }
            rows(ALL, "wait_", side.waits().stream().toList());
            rows(ALL, "turnaround_", side.turnarounds().stream().toList());
            rows("group", "wait_", side.byGroup());
            rows("priority", "wait_", side.byPriority());
            rows("size", "wait_", side.bySize());
            for (DeadlineRow row : side.deadlines()) {
                figure("group", String.valueOf(row.group()), "deadline_ms", row.within());
                figure("group", String.valueOf(row.group()), "deadline_jobs", row.jobs());
                figure("group", String.valueOf(row.group()), "deadlines_missed", row.missed());
            }
            for (LimitRow limit : side.limits()) {
                figure("limit", limit.key(), "capacity", limit.capacity());
                figure("limit", limit.key(), "mean", rounded(limit.mean()));
                figure("limit", limit.key(), "most", limit.most());
            }
            for (int window = 0; window < side.busy().size(); window++) {
                String at = String.valueOf(comparison.firstAt() + window * comparison.windowMillis());
                figure("time", at, "utilisation", rounded(side.busy().get(window)));
                for (LimitRow limit : side.limits()) {
                    if (!limit.byWindow().isEmpty()) {
                        figure("time", at, limit.key(), rounded(limit.byWindow().get(window)));
                    }
                }
            }
        }
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }

    private void rows(String by, String prefix, List<WaitRow> rows) throws IOException {
        for (WaitRow row : rows) {
            String key = by.equals(ALL) ? "" : row.what();
            figure(by, key, prefix + "count", row.tasks());
            figure(by, key, prefix + "mean_ms", row.mean());
            figure(by, key, prefix + "p50_ms", row.p50());
            figure(by, key, prefix + "p90_ms", row.p90());
            figure(by, key, prefix + "p99_ms", row.p99());
            figure(by, key, prefix + "longest_ms", row.longest());
        }
    }

    private void figure(String by, String key, String figure, Object value) throws IOException {
        out.writeStartArray();
        for (String cell : new String[] {policy, by, key, figure, String.valueOf(value)}) {
            out.writeString(cell);
        }
        out.writeEndArray();
    }
}
