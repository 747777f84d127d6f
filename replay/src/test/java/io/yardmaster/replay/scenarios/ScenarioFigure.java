package io.yardmaster.replay.scenarios;

import io.yardmaster.replay.report.DaySide;
import io.yardmaster.replay.report.LimitRow;
import io.yardmaster.replay.report.WaitRow;
import java.util.List;

/** The figures of a scenario under one policy, by the names that its bounds use. */
final class ScenarioFigure {
    private static final double SECOND = 1_000;

    private final DaySide side;

    ScenarioFigure(DaySide side) {
        this.side = side;
    }

    double of(ScenarioFields bound) {
        String figure = bound.text("figure");
        return switch (figure) {
            case "tasks" -> side.tasks();
            case "makespan" -> side.makespan() / SECOND;
            case "slots in use" -> side.utilisation();
            case "jain" -> side.jain().turns().orElseThrow();
            case "limit in use" -> limit(bound).part();
            case "most units" -> limit(bound).most();
            case "mean" -> waits(bound).mean() / SECOND;
            case "p50" -> waits(bound).p50() / SECOND;
            case "p90" -> waits(bound).p90() / SECOND;
            case "p99" -> waits(bound).p99() / SECOND;
            case "longest" -> waits(bound).longest() / SECOND;
            default -> throw new IllegalArgumentException("there is no figure " + figure);
        };
    }

    private LimitRow limit(ScenarioFields bound) {
        String key = bound.text("limit");
        return side.limits().stream()
                .filter(row -> row.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no limit " + key));
    }

    private WaitRow waits(ScenarioFields bound) {
        if (bound.has("group")) {
            return row(side.byGroup(), "group", bound.integer("group"));
        }
        if (bound.has("priority")) {
            return row(side.byPriority(), "priority", bound.integer("priority"));
        }
        return side.waits().orElseThrow();
    }

    private static WaitRow row(List<WaitRow> rows, String kind, long number) {
        return rows.stream()
                .filter(row -> row.what().equals(Long.toString(number)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + kind + " " + number));
    }
}
