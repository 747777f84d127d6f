package io.yardmaster.app.status;

import io.yardmaster.app.api.FleetAnswer;
import io.yardmaster.app.api.InstanceAnswer;
import io.yardmaster.app.api.LimitAnswer;
import io.yardmaster.app.api.Overview;
import io.yardmaster.app.api.Overview.ResourceGroup;
import io.yardmaster.app.api.Overview.Totals;
import io.yardmaster.app.api.RatePoint;
import io.yardmaster.app.api.ShardAnswer;
import io.yardmaster.app.api.WindowAnswer;
import io.yardmaster.app.terminal.Printable;
import io.yardmaster.core.values.EndCounts;
import io.yardmaster.topology.config.Labels;
import io.yardmaster.topology.views.DeadLetter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The overview as lines of text, none wider than 80 columns. */
public final class StatusText {
    private static final int WIDTH = 80;
    private static final int MOST_ROWS = 12;
    private static final int MOST_DEAD_LETTERS = 3;
    private static final RatePoint NO_RATE = new RatePoint(0, 0, OptionalLong.empty(), OptionalLong.empty());
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<String> lines = new ArrayList<>();

    private StatusText() {}

    /** All of it. */
    public static List<String> of(Overview overview) {
        StatusText text = new StatusText();
        text.head(overview);
        text.fleet(overview.window(), overview.group());
        text.table("instance                  state        active  standby  restoring");
        text.rows(overview.instances(), text::instance);
        text.table("lane  state       active  pending  finalizing    buffered     assigned  next job");
        text.rows(overview.lanes(), text::shard);
        if (!overview.groups().isEmpty()) {
            text.table("group                 active  pending     buffered     assigned");
        }
        text.rows(overview.groups(), text::group);
        if (!overview.limits().isEmpty()) {
            text.table("limit                           in use     capacity   tasks wait  mostly by");
        }
        text.rows(overview.limits(), text::limit);
        if (!overview.deadLetters().isEmpty()) {
            text.table("latest dead letters");
        }
        overview.deadLetters().stream().limit(MOST_DEAD_LETTERS).forEach(text::deadLetter);
        return text.lines;
    }

    private void head(Overview overview) {
        Totals totals = overview.totals();
        List<RatePoint> rates = overview.rates();
        RatePoint rate = rates.isEmpty() ? NO_RATE : rates.get(rates.size() - 1);
        line(
                "%s  session %s  %s UTC  %s",
                overview.applicationId(), overview.session().orElse("none"), time(overview.atMs()), overview.version());
        line(
                "jobs     %,d active, %,d pending, %,d finalizing, %,d paused",
                totals.activeJobs(), totals.pendingJobs(), totals.finalizingJobs(), totals.pausedJobs());
        line(
                "tasks    %,d buffered, %s%,d assigned, %,d dead letters",
                totals.bufferedTasks(),
                totals.parkedTasks() == 0
                        ? ""
                        : String.format(Locale.ROOT, "%,d wait for limits, ", totals.parkedTasks()),
                totals.assignments(),
                totals.deadLetters());
        EndCounts ended = totals.ended();
        // An instance of an older version may not say.
        if (ended != null) {
            line(
                    "outcomes %,d succeeded, %,d failed, %,d killed, %,d refused",
                    ended.succeeded(), ended.failed(), ended.killed(), ended.refused());
        }
        line(
                "rate     %.1f assigned/s, waiting p50 %s, p99 %s",
                rate.assignmentsPerS(), millis(rate.waitingP50Ms()), millis(rate.waitingP99Ms()));
    }

    private void fleet(WindowAnswer window, FleetAnswer group) {
        line(
                "window   %,d of %,d out%s, breaker %s",
                window.used(), window.capacity(), window.fresh() ? "" : ", VIEW TOO OLD", Labels.of(window.breaker()));
        line(
                "fleet    %s: %d execution managers, %s, lag %,d",
                group.id(), group.members().size(), group.state(), group.lag());
    }

    private void instance(InstanceAnswer instance) {
        line(
                "%-25s %-12s %6d %8d %10d",
                cut(instance.instance(), 25),
                instance.reachable() ? instance.state().orElse("") : "UNREACHABLE",
                instance.active().size(),
                instance.standby().size(),
                instance.restoring().size());
    }

    private void shard(ShardAnswer shard) {
        line(
                "%4d  %-10s %,7d %,8d %,11d %,11d %,12d  %s",
                shard.partition(),
                shard.restoring()
                        .filter(progress -> progress.total() > 0)
                        .map(progress -> "restore" + 100 * progress.restored() / progress.total() + "%")
                        .orElse(Labels.of(shard.state())),
                shard.activeJobs(),
                shard.pendingJobs(),
                shard.finalizingJobs(),
                shard.bufferedTasks(),
                shard.assignments(),
                shard.cursorJob().orElse("-"));
    }

    private void group(ResourceGroup group) {
        line(
                "%-20s %,7d %,8d %,12d %,12d",
                group.group(), group.activeJobs(), group.pendingJobs(), group.bufferedTasks(), group.assignments());
    }

    private void limit(LimitAnswer limit) {
        line(
                "%-26s %,11d %,12d %,12d  %s",
                cut(limit.limit(), 26),
                limit.inUse(),
                limit.capacity(),
                limit.parked(),
                limit.obstacle()
                        .or(() -> limit.mostlyBy().map(group -> "group " + group))
                        .orElse("-"));
    }

    private void deadLetter(DeadLetter letter) {
        line(
                "%s %s-%s@%s %s",
                time(letter.atMs()), letter.topic(), letter.partition(), letter.offset(), letter.reason());
    }

    private <T> void rows(List<T> rows, Consumer<T> row) {
        rows.stream().limit(MOST_ROWS).forEach(row);
        if (rows.size() > MOST_ROWS) {
            line("and %d more", rows.size() - MOST_ROWS);
        }
    }

    private void table(String header) {
        lines.add("");
        line("%s", header);
    }

    private void line(String format, Object... values) {
        // A sender's text in a reason must not move the cursor.
        lines.add(cut(Printable.line(String.format(Locale.ROOT, format, values)), WIDTH));
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    private static String time(long epochMs) {
        return TIME.format(Instant.ofEpochMilli(epochMs));
    }

    private static String millis(OptionalLong millis) {
        return millis.isPresent() ? String.format(Locale.ROOT, "%,d ms", millis.getAsLong()) : "-";
    }
}
