package io.yardmaster.app.cli;

import io.yardmaster.app.jobs.StageCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A table of the stages of a job that has ended. */
final class StageTable {
    private static final int MOST_ROWS = 50;
    private static final int MOST_NAME = 40;
    private static final int MOST_REASON = 200;

    private StageTable() {}

    /** The table, line by line; tasks that neither succeeded nor failed count as killed, whether they began or not. */
    static List<String> lines(List<StageCounts> stages) {
        List<StageCounts> rows = new ArrayList<>(stages.subList(0, Math.min(MOST_ROWS, stages.size())));
        Optional<StageCounts> others = stages.stream().skip(MOST_ROWS).reduce(StageCounts::plus);
        others.ifPresent(rest -> rows.add(rest.named((stages.size() - MOST_ROWS) + " more")));
        int width = Math.max(
                5,
                rows.stream()
                        .mapToInt(row -> shortened(row.name(), MOST_NAME).length())
                        .max()
                        .orElse(0));
        List<String> lines = new ArrayList<>();
        boolean reasons = rows.stream().anyMatch(row -> !row.reason().isEmpty());
        String format = "  %-" + width + "s  %10s  %10s  %10s  %10s  %10s  %s";
        lines.add(format.formatted(
                        "stage", "tasks", "succeeded", "failed", "killed", "time", reasons ? "first failure" : "")
                .stripTrailing());
        for (StageCounts row : rows) {
            lines.add(format.formatted(
                            shortened(row.name(), MOST_NAME),
                            row.tasks(),
                            row.succeeded(),
                            row.failed(),
                            row.tasks() - row.succeeded() - row.failed(),
                            row.time()
                                    .map(time -> String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3))
                                    .orElse("-"),
                            shortened(row.reason(), MOST_REASON))
                    .stripTrailing());
        }
        return lines;
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 2) + "..";
    }
}
