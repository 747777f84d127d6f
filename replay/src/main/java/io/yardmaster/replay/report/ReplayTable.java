package io.yardmaster.replay.report;

import io.yardmaster.replay.CountText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** A comparison as text: a column for each side. */
public final class ReplayTable {
    /** The groups with most tasks or jobs are shown; JSON and CSV have all. */
    private static final int MOST_GROUPS = 30;

    private static final int SPARKS = 48;
    private static final String LEVELS = "▁▂▃▄▅▆▇█";
    private static final String NONE = "-";

    private final Comparison comparison;
    private final StringBuilder text = new StringBuilder();
    private final List<List<String>> rows = new ArrayList<>();

    private ReplayTable(Comparison comparison) {
        this.comparison = comparison;
    }

    /** The text, which ends with a line end. */
    public static String of(Comparison comparison) {
        return new ReplayTable(comparison).text();
    }

    private String text() {
        first();
        heads("");
        summary();
        flush();
        busy();
        waits("waiting time by resource group: p50 / p90 / p99 / longest", DaySide::byGroup, true);
        waits("waiting time by priority", DaySide::byPriority, false);
        waits("waiting time by tasks of the job", DaySide::bySize, false);
        limits();
        deadlines();
        comparison.changes().forEach(this::change);
        notes();
        return text.toString();
    }

    /** A short text for a change of the policy, with waiting times by group, the use of limits, and the groups that gain and lose; ends with a line end. */
    public static String brief(Comparison comparison) {
        return new ReplayTable(comparison).briefText();
    }

    private String briefText() {
        first();
        heads("waiting time: p50 / p99");
        row("  all", side -> side.waits().map(ReplayTable::shortly).orElse(NONE));
        Map<String, Long> tasks = tasks(DaySide::byGroup);
        for (String group : most(tasks)) {
            row(
                    "  group %s (%s)".formatted(group, CountText.of(tasks.get(group), "task")),
                    side -> row(side.byGroup(), group, ReplayTable::shortly));
        }
        flush();
        more(tasks.size() - most(tasks).size());
        limits();
        comparison.changes().forEach(this::change);
        notes();
        return text.toString();
    }

    private static String shortly(WaitRow row) {
        return TimeText.of(row.p50()) + " / " + TimeText.of(row.p99());
    }

    private void first() {
        StringBuilder slots = new StringBuilder(CountText.of(comparison.fleet().slots(), "slot"));
        comparison
                .fleet()
                .pools()
                .forEach(
                        (pool, size) -> slots.append(" and %s of pool %s".formatted(CountText.of(size, "slot"), pool)));
        line("%s since %s, replayed on %s"
                .formatted(CountText.of(comparison.jobs(), "job"), Instant.ofEpochMilli(comparison.firstAt()), slots));
        line("");
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    private void heads(String corner) {
        List<String> row = new ArrayList<>(List.of(corner));
        comparison.sides().forEach(side -> row.add(side.name()));
        rows.add(row);
    }

    private void row(String what, Function<DaySide, String> cell) {
        List<String> row = new ArrayList<>(List.of(what));
        comparison.sides().forEach(side -> row.add(cell.apply(side)));
        rows.add(row);
    }

    private void summary() {
        row("tasks", side -> String.format(Locale.ROOT, "%,d", side.tasks()));
        if (comparison.sides().stream().anyMatch(side -> side.preempted() > 0)) {
            row(
                    "tasks preempted",
                    side -> side.recorded() ? NONE : String.format(Locale.ROOT, "%,d", side.preempted()));
        }
        row("makespan", side -> TimeText.of(side.makespan()));
        row("slots in use", side -> String.format(Locale.ROOT, "%.1f %%", 100 * side.utilisation()));
        time("waiting time, mean", DaySide::waits, WaitRow::mean);
        time("  p50", DaySide::waits, WaitRow::p50);
        time("  p90", DaySide::waits, WaitRow::p90);
        time("  p99", DaySide::waits, WaitRow::p99);
        time("  longest", DaySide::waits, WaitRow::longest);
        time("time from submission to end of a job, p50", DaySide::turnarounds, WaitRow::p50);
        time("  p99", DaySide::turnarounds, WaitRow::p99);
        if (comparison.sides().stream().anyMatch(side -> !side.deadlines().isEmpty())) {
            row("deadlines missed", side -> missed(side.missedDeadlines(), side.jobsWithDeadlines()));
        }
        row(
                "Jain's index of waiting groups, by turns",
                side -> index(side.jain().turns()));
        row("  by cost", side -> index(side.jain().cost()));
        if (comparison.sides().stream().anyMatch(side -> side.jain().dominant().isPresent())) {
            row("  by dominant share", side -> index(side.jain().dominant()));
        }
        row(
                "  windows of " + TimeText.of(JainIndex.WIDTH * comparison.windowMillis()) + " with such groups",
                side -> side.jain().windows() == 0
                        ? NONE
                        : String.valueOf(side.jain().windows()));
    }

    private void time(String what, Function<DaySide, Optional<WaitRow>> of, ToLongFunction<WaitRow> figure) {
        row(what, side -> of.apply(side)
                .map(row -> TimeText.of(figure.applyAsLong(row)))
                .orElse(NONE));
    }

    private static String index(OptionalDouble index) {
        return index.isEmpty() ? NONE : String.format(Locale.ROOT, "%.3f", index.getAsDouble());
    }

    /** Writes the rows with aligned columns. */
    private void flush() {
        int columns = comparison.sides().size() + 1;
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(pad(row.get(0), widths[0], false));
            for (int i = 1; i < columns; i++) {
                line.append("   ").append(pad(row.get(i), widths[i], true));
            }
            line(line.toString());
        }
        rows.clear();
    }

    private static String pad(String cell, int width, boolean right) {
        String blanks = " ".repeat(width - cell.length());
        return right ? blanks + cell : cell + blanks;
    }

    private void busy() {
        line("");
        line("slots in use over time");
        int width = comparison.sides().stream()
                .mapToInt(side -> side.name().length())
                .max()
                .orElse(0);
        int windows = comparison.sides().stream()
                .mapToInt(side -> side.busy().size())
                .max()
                .orElse(1);
        int perSpark = (windows + SPARKS - 1) / SPARKS;
        for (DaySide side : comparison.sides()) {
            StringBuilder sparks = new StringBuilder();
            for (int from = 0; from < side.busy().size(); from += perSpark) {
                double sum = 0;
                int behind = Math.min(from + perSpark, side.busy().size());
                for (double busy : side.busy().subList(from, behind)) {
                    sum += busy;
                }
                double part = Math.min(1, sum / (behind - from));
                sparks.append(LEVELS.charAt((int) Math.round(part * (LEVELS.length() - 1))));
            }
            line("  " + pad(side.name(), width, false) + "  " + sparks);
        }
    }

    private void waits(String title, Function<DaySide, List<WaitRow>> of, boolean most) {
        Map<String, Long> tasks = tasks(of);
        if (tasks.size() < 2) {
            return;
        }
        line("");
        heads(title);
        List<String> shown = most ? most(tasks) : List.copyOf(tasks.keySet());
        for (String what : shown) {
            String label = "  %s (%s)".formatted(what, CountText.of(tasks.get(what), "task"));
            row(label, side -> row(of.apply(side), what, ReplayTable::quantiles));
        }
        flush();
        more(tasks.size() - shown.size());
    }

    private Map<String, Long> tasks(Function<DaySide, List<WaitRow>> of) {
        return comparison.sides().stream()
                .flatMap(side -> of.apply(side).stream())
                .collect(Collectors.toMap(WaitRow::what, WaitRow::tasks, Math::max, LinkedHashMap::new));
    }

    private static <T> List<T> most(Map<T, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<T, Long> one) -> -one.getValue()))
                .limit(MOST_GROUPS)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String row(List<WaitRow> rows, String what, Function<WaitRow, String> cell) {
        return rows.stream()
                .filter(row -> row.what().equals(what))
                .map(cell)
                .findFirst()
                .orElse(NONE);
    }

    private void more(int left) {
        if (left > 0) {
            line("  and %s more, which 'replay' has with --json and --csv".formatted(left));
        }
    }

    private void limits() {
        Set<String> keys = new TreeSet<>();
        comparison.sides().forEach(side -> side.limits().forEach(limit -> keys.add(limit.key())));
        if (keys.isEmpty()) {
            return;
        }
        line("");
        heads("units of limits in use: mean / most of capacity");
        for (String key : keys) {
            row("  " + key, side -> side.limits().stream()
                    .filter(limit -> limit.key().equals(key))
                    .map(limit -> String.format(
                            Locale.ROOT, "%.1f %% / %,d of %,d", 100 * limit.part(), limit.most(), limit.capacity()))
                    .findFirst()
                    .orElse(NONE));
        }
        flush();
    }

    private static String missed(long missed, long jobs) {
        return jobs == 0
                ? NONE
                : String.format(Locale.ROOT, "%,d of %,d, %.1f %%", missed, jobs, 100.0 * missed / jobs);
    }

    private void deadlines() {
        SortedMap<Long, Long> jobs = new TreeMap<>();
        SortedMap<Long, Long> within = new TreeMap<>();
        comparison.sides().forEach(side -> side.deadlines().forEach(row -> {
            jobs.merge(row.group(), row.jobs(), Math::max);
            within.put(row.group(), row.within());
        }));
        if (jobs.size() < 2) {
            return;
        }
        line("");
        heads("deadlines missed by resource group");
        List<Long> shown = most(jobs);
        for (long group : shown) {
            row("  %s, within %s".formatted(group, TimeText.of(within.get(group))), side -> side.deadlines().stream()
                    .filter(row -> row.group() == group)
                    .map(row -> missed(row.missed(), row.jobs()))
                    .findFirst()
                    .orElse(NONE));
        }
        flush();
        more(jobs.size() - shown.size());
    }

    private static String quantiles(WaitRow row) {
        return "%s / %s / %s / %s"
                .formatted(
                        TimeText.of(row.p50()),
                        TimeText.of(row.p90()),
                        TimeText.of(row.p99()),
                        TimeText.of(row.longest()));
    }

    private void change(PolicyChanges change) {
        line("");
        line("%s instead of %s: %s less, %s longer, by their mean"
                .formatted(change.to(), change.from(), waiting(change.better()), waiting(change.worse())));
        changes("gained most", change.gained());
        changes("lost most", change.lost());
    }

    private static String waiting(long groups) {
        return CountText.of(groups, "group") + (groups == 1 ? " waits" : " wait");
    }

    private void changes(String title, List<GroupChange> changes) {
        for (GroupChange group : changes) {
            line("  %s: group %s (%s), %s before, now %s"
                    .formatted(
                            title,
                            group.group(),
                            CountText.of(group.tasks(), "task"),
                            TimeText.of(group.before()),
                            TimeText.of(group.after())));
        }
    }

    private void notes() {
        List<String> notes = new ArrayList<>(comparison.notes());
        comparison.sides().forEach(side -> side.notes().forEach(note -> notes.add(side.name() + ": " + note)));
        if (!notes.isEmpty()) {
            line("");
            notes.forEach(note -> line("note: " + note));
        }
    }
}
