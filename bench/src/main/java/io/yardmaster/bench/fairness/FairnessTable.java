package io.yardmaster.bench.fairness;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was measured, as text. */
final class FairnessTable {
    private static final double BOUND = 1.05;

    private FairnessTable() {}

    static String of(List<EvennessRound.Result> evenness, List<SessionBumps.Result> bumps, FairnessOptions options) {
        StringBuilder text = new StringBuilder();
        text.append(line(
                "Most over least assignments of one job (or group) in any %d s of %d; %d jobs; the fleet takes %,d/s",
                options.window().toSeconds(),
                options.windows() * options.window().toSeconds(),
                options.jobs(),
                options.rate()));
        text.append(line(
                "%5s  %9s  %-12s  %-14s  %7s  %7s  %7s  %7s  %s",
                "lanes", "instances", "(lanes each)", "fairness", "parties", "worst", "median", "/s", "most out"));
        evenness.forEach(result -> text.append(row(result)));
        if (!bumps.isEmpty()) {
            text.append(line(""));
            text.append(line("From a new session's event to the last assignment of the older one elsewhere, in ms"));
            text.append(line("%5s  %9s  %5s  %7s  %7s", "lanes", "instances", "times", "median", "most"));
            bumps.forEach(result -> text.append(row(result)));
        }
        return text.append(line("")).append(verdict(evenness)).toString();
    }

    private static String row(EvennessRound.Result result) {
        return line(
                "%5d  %9d  %-12s  %-14s  %7d  %7.3f  %7.3f  %,7.0f  %d of %d",
                result.shape().lanes(),
                result.shape().instances(),
                result.lanesPerInstance().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                result.shape().fairness(),
                result.parties(),
                result.ratios().worst(),
                result.ratios().median(),
                result.perSecond(),
                result.mostOut(),
                result.capacity());
    }

    private static String row(SessionBumps.Result result) {
        return line(
                "%5d  %9d  %5d  %7.0f  %7.0f",
                result.shape().lanes(),
                result.shape().instances(),
                result.millis().values().size(),
                result.millis().median(),
                result.millis().most());
    }

    private static String verdict(List<EvennessRound.Result> evenness) {
        String exceeded = evenness.stream()
                .filter(result -> result.ratios().worst() > BOUND)
                .map(result -> String.format(
                        Locale.ROOT,
                        "%s (%.3f)",
                        result.shape(),
                        result.ratios().worst()))
                .collect(Collectors.joining("; "));
        return exceeded.isEmpty()
                ? line("No window exceeded %.2f.", BOUND)
                : line("Windows exceeded %.2f with %s.", BOUND, exceeded);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + "\n";
    }
}
