package io.yardmaster.app.jobs;

import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Draws the graph of a job as text: its stages by level, those of a kind in one line, and its longest path. */
public final class GraphDrawing {
    /** More lines of stages are not drawn. */
    private static final int MOST_LINES = 200;
    /** More names in a line are not drawn. */
    private static final int MOST_NAMES = 8;

    private static final int WIDEST_NAME = 40;

    private final JobPlan plan;
    private final StageLinks links;

    private GraphDrawing(JobPlan plan) {
        this.plan = plan;
        this.links = new StageLinks(plan.stages());
    }

    /** The stages of one kind at one level. */
    private static final class Row {
        private long tasks;
        private final int first;
        private final Set<String> after = new LinkedHashSet<>();

        Row(int first) {
            this.first = first;
        }
    }

    /** The drawing, line by line. */
    public static List<String> of(JobPlan plan) {
        return new GraphDrawing(plan).lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(title());
        Map<Integer, Map<String, Row>> levels = rows();
        int width = levels.values().stream()
                .flatMap(level -> level.entrySet().stream())
                .mapToInt(row -> label(row.getKey(), row.getValue()).length())
                .max()
                .orElse(0);
        long rows = levels.values().stream().mapToLong(Map::size).sum();
        levels.forEach((level, kinds) -> {
            String number = String.valueOf(level + 1);
            for (Map.Entry<String, Row> kind : kinds.entrySet()) {
                if (lines.size() <= MOST_LINES) {
                    String label = label(kind.getKey(), kind.getValue());
                    String rest = String.join("; ", details(kind.getValue()));
                    lines.add(("%4s  %-" + Math.min(width, WIDEST_NAME) + "s  %s")
                            .formatted(number, label, rest)
                            .stripTrailing());
                    number = "";
                }
            }
        });
        if (rows > MOST_LINES) {
            lines.add("      and " + (rows - MOST_LINES) + " lines more");
        }
        lines.add(longestPath());
        return lines;
    }

    private String title() {
        JobPlan.Terms terms = plan.terms();
        return "%s: %s in %s"
                        .formatted(
                                plan.name(),
                                plan.hasKinds()
                                        ? count(plan.tasks(), "task")
                                        : count(plan.stages().size(), "stage") + ", " + count(plan.tasks(), "task"),
                                count(
                                        1
                                                + IntStream.range(
                                                                0, plan.stages().size())
                                                        .map(links::level)
                                                        .max()
                                                        .orElse(0),
                                        "level"))
                + (terms.group().isPresent() ? ", group " + terms.group().getAsLong() : "")
                + (terms.priority() == 0 ? "" : ", priority " + terms.priority())
                + (terms.onFailure() == OnFailure.CONTINUE ? ", continues when a task has failed" : "");
    }

    private Map<Integer, Map<String, Row>> rows() {
        Map<Integer, Map<String, Row>> levels = new TreeMap<>();
        for (int number = 0; number < plan.stages().size(); number++) {
            Stage stage = plan.stages().get(number);
            int first = number;
            Row row = levels.computeIfAbsent(links.level(number), level -> new LinkedHashMap<>())
                    .computeIfAbsent(plan.kind(number), kind -> new Row(first));
            row.tasks += stage.getTasks();
            int[] before = links.before(number);
            for (int i = 0; i < before.length; i++) {
                StageDependency dependency = stage.getAfter().get(i);
                row.after.add((dependency.getEach() ? "each " : "") + plan.kind(before[i]));
            }
        }
        return levels;
    }

    private static String label(String kind, Row row) {
        return row.tasks == 1 ? kind : kind + " x" + row.tasks;
    }

    private List<String> details(Row row) {
        Stage stage = plan.stages().get(row.first);
        List<String> all = new ArrayList<>();
        if (!row.after.isEmpty()) {
            all.add((switch (stage.getWhen()) {
                        case ALL -> "after ";
                        case ANY -> "after any of ";
                        case ENDED -> "after the end of ";
                    })
                    + names(row.after));
        } else if (stage.getWhen() != When.ALL) {
            all.add("waits for nothing");
        }
        if (stage.getAttempts() > 1) {
            String backoff = stage.getBackoffMs() == 0 ? "" : ", the second " + time(stage.getBackoffMs()) + " later";
            all.add(stage.getAttempts() + " attempts" + backoff);
        }
        if (stage.getPriority() != 0) {
            all.add("priority " + stage.getPriority());
        }
        if (stage.getTimeoutMs() > 0) {
            all.add("at most " + time(stage.getTimeoutMs()));
        }
        return all;
    }

    private static String names(Set<String> names) {
        String shown = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMES ? shown : shown + " and " + (names.size() - MOST_NAMES) + " more";
    }

    private String longestPath() {
        double[] runtimes = IntStream.range(0, plan.stages().size())
                .mapToDouble(plan::runtime)
                .toArray();
        boolean timed = IntStream.range(0, runtimes.length).anyMatch(stage -> runtimes[stage] > 0);
        double[] weights = runtimes.clone();
        if (!timed) {
            Arrays.fill(weights, 1);
        }
        List<Integer> path = links.longestPath(weights);
        double seconds = path.stream().mapToDouble(stage -> runtimes[stage]).sum();
        String length = timed
                ? "%s, which took %s"
                        .formatted(count(path.size(), "task"), String.format(Locale.ROOT, "%.1f s", seconds))
                : count(path.size(), plan.hasKinds() ? "task" : "stage") + " one after another";
        return "critical path: " + length + ": " + ends(path);
    }

    /** The names on a path, of which the middle is left out if there are many. */
    private String ends(List<Integer> path) {
        int left = path.size() - MOST_NAMES;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            if (left > 0 && i == MOST_NAMES / 2) {
                names.add("(" + left + " more)");
                i += left;
            }
            names.add(plan.stages().get(path.get(i)).getName());
        }
        return String.join(" -> ", names);
    }

    private static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** A duration as people write it in a job's file. */
    private static String time(long millis) {
        Duration time = Duration.ofMillis(millis);
        return time.toString().substring(2).replaceAll("(?<=[HMS])(?=\\d)", " ").toLowerCase(Locale.ROOT);
    }
}
