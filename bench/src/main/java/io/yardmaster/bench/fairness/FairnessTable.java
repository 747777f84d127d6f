package io.yardmaster.bench.fairness;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The measurements, as text. */
final class FairnessTable {
    private static final double BOUND = 1.05;

    private FairnessTable() {}

    static String of(List<EvennessRound.Result> evenness, List<SessionBumps.Result> bumps, FairnessOptions options) {
        StringBuilder text = new StringBuilder();
        text.append(line(
                "Most over least assignments of one job (or group) in any %d s of %d; %d jobs; the fleet takes %,d/s",
                options.interval().toSeconds(),
                options.intervals() * options.interval().toSeconds(),
                options.jobs(),
                options.rate()));
        text.append(line(
                "%6s  %9s  %-13s  %-14s  %7s  %7s  %7s  %7s  %s",
                "shards",
                "instances",
                "(shards each)",
                "fairness",
                "parties",
                "worst",
                "median",
                "/s",
                "most outstanding"));
        evenness.forEach(result -> text.append(row(result)));
        if (!bumps.isEmpty()) {
            text.append(line(""));
            text.append(line("From a new session's event to the last assignment of the older one elsewhere, in ms"));
            text.append(line("%6s  %9s  %5s  %7s  %7s", "shards", "instances", "times", "median", "most"));
            bumps.forEach(result -> text.append(row(result)));
        }
        return text.append(line("")).append(verdict(evenness)).toString();
    }

    private static String row(EvennessRound.Result result) {
        return line(
                "%6d  %9d  %-13s  %-14s  %7d  %7.3f  %7.3f  %,7.0f  %d of %d",
                result.layout().shards(),
                result.layout().instances(),
                result.shardsPerInstance().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                result.layout().fairness(),
                result.parties(),
                result.ratios().worst(),
                result.ratios().median(),
                result.perSecond(),
                result.mostOutstanding(),
                result.capacity());
    }

    private static String row(SessionBumps.Result result) {
        return line(
                "%6d  %9d  %5d  %7.0f  %7.0f",
                result.layout().shards(),
                result.layout().instances(),
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
                        result.layout(),
                        result.ratios().worst()))
                .collect(Collectors.joining("; "));
        return exceeded.isEmpty()
                ? line("No interval exceeded %.2f.", BOUND)
                : line("Intervals exceeded %.2f with %s.", BOUND, exceeded);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + "\n";
    }
}
