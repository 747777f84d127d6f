package io.yardmaster.app.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.app.terminal.Printable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The overview as lines of text, none wider than 80 columns. */
public final class StatusText {
    private static final int WIDTH = 80;
    private static final int MOST_ROWS = 12;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<String> lines = new ArrayList<>();

    private StatusText() {}

    /** All of it. */
    public static List<String> of(JsonNode overview) {
        StatusText text = new StatusText();
        text.head(overview);
        text.instances(overview.path("instances"));
        text.lanes(overview.path("lanes"));
        text.groups(overview.path("groups"));
        text.deadLetters(overview.path("dead_letters"));
        return text.lines;
    }

    private void head(JsonNode overview) {
        JsonNode totals = overview.path("totals");
        JsonNode window = overview.path("window");
        JsonNode group = overview.path("group");
        JsonNode rates = overview.path("rates");
        JsonNode rate = rates.path(rates.size() - 1);
        line(String.format(
                Locale.ROOT,
                "%s  session %s  %s UTC  %s",
                overview.path("application_id").asText(),
                overview.path("session").asText("none").replace("null", "none"),
                TIME.format(Instant.ofEpochMilli(overview.path("at_ms").asLong())),
                overview.path("version").asText()));
        line(String.format(
                Locale.ROOT,
                "jobs     %s active, %s pending, %s finalizing",
                number(totals, "active_jobs"),
                number(totals, "pending_jobs"),
                number(totals, "finalizing_jobs")));
        line(String.format(
                Locale.ROOT,
                "tasks    %s buffered, %s assigned, %s dead letters",
                number(totals, "buffered_tasks"),
                number(totals, "assignments"),
                number(totals, "dead_letters")));
        line(String.format(
                Locale.ROOT,
                "rate     %.1f assigned/s, waiting p50 %s, p99 %s",
                rate.path("assignments_per_s").asDouble(),
                millis(rate.path("waiting_p50_ms")),
                millis(rate.path("waiting_p99_ms"))));
        line(String.format(
                Locale.ROOT,
                "window   %s of %s out%s, breaker %s",
                number(window, "used"),
                number(window, "capacity"),
                window.path("fresh").asBoolean() ? "" : ", VIEW TOO OLD",
                window.path("breaker").asText()));
        line(String.format(
                Locale.ROOT,
                "fleet    %s: %d execution managers, %s, lag %s",
                group.path("id").asText(),
                group.path("members").size(),
                group.path("state").asText(),
                number(group, "lag")));
    }

    private void instances(JsonNode instances) {
        table("instance                  state        active  standby  restoring");
        for (JsonNode instance : first(instances)) {
            line(String.format(
                    Locale.ROOT,
                    "%-25s %-12s %6d %8d %10d",
                    cut(instance.path("instance").asText(), 25),
                    instance.path("reachable").asBoolean()
                            ? instance.path("state").asText()
                            : "UNREACHABLE",
                    instance.path("active").size(),
                    instance.path("standby").size(),
                    instance.path("restoring").size()));
        }
        more(instances);
    }

    private void lanes(JsonNode lanes) {
        table("lane  state       active  pending  finalizing    buffered     assigned  next job");
        for (JsonNode lane : first(lanes)) {
            line(String.format(
                    Locale.ROOT,
                    "%4d  %-10s %7s %8s %11s %11s %12s  %s",
                    lane.path("partition").asInt(),
                    state(lane),
                    number(lane, "active_jobs"),
                    number(lane, "pending_jobs"),
                    number(lane, "finalizing_jobs"),
                    number(lane, "buffered_tasks"),
                    number(lane, "assignments"),
                    lane.path("cursor_job").asText("").replace("null", "-")));
        }
        more(lanes);
    }

    private static String state(JsonNode lane) {
        JsonNode restoring = lane.path("restoring");
        long total = restoring.path("total").asLong();
        return total == 0
                ? lane.path("state").asText()
                : "restore" + 100 * restoring.path("restored").asLong() / total + "%";
    }

    private void groups(JsonNode groups) {
        if (!groups.isEmpty()) {
            table("group                 active  pending     buffered     assigned");
        }
        for (JsonNode group : first(groups)) {
            line(String.format(
                    Locale.ROOT,
                    "%-20s %7s %8s %12s %12s",
                    group.path("group").asText(),
                    number(group, "active_jobs"),
                    number(group, "pending_jobs"),
                    number(group, "buffered_tasks"),
                    number(group, "assignments")));
        }
        more(groups);
    }

    private void deadLetters(JsonNode letters) {
        if (!letters.isEmpty()) {
            table("latest dead letters");
        }
        for (int i = 0; i < Math.min(3, letters.size()); i++) {
            JsonNode letter = letters.path(i);
            line(String.format(
                    Locale.ROOT,
                    "%s %s-%s@%s %s",
                    TIME.format(Instant.ofEpochMilli(letter.path("at_ms").asLong())),
                    letter.path("topic").asText(),
                    letter.path("partition").asText(),
                    letter.path("offset").asText(),
                    letter.path("reason").asText()));
        }
    }

    private static List<JsonNode> first(JsonNode rows) {
        List<JsonNode> first = new ArrayList<>();
        rows.forEach(row -> {
            if (first.size() < MOST_ROWS) {
                first.add(row);
            }
        });
        return first;
    }

    private void more(JsonNode rows) {
        if (rows.size() > MOST_ROWS) {
            line(String.format(Locale.ROOT, "and %d more", rows.size() - MOST_ROWS));
        }
    }

    private void table(String header) {
        lines.add("");
        line(header);
    }

    private void line(String text) {
        // A reason that a sender wrote must not move the cursor.
        lines.add(cut(Printable.line(text), WIDTH));
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    private static String number(JsonNode object, String field) {
        return String.format(Locale.ROOT, "%,d", object.path(field).asLong());
    }

    private static String millis(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%,d ms", value.asLong()) : "-";
    }
}
