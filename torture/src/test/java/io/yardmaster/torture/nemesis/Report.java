package io.yardmaster.torture.nemesis;

import io.yardmaster.torture.checker.Checker;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What was done and what came of it, as a table. */
final class Report {
    /** How often, and the longest time from a fault until assignments came again. */
    private record Line(int times, Duration longest) {}

    private final long seed;
    private final Map<Fault, Line> faults = new EnumMap<>(Fault.class);

    Report(long seed) {
        this.seed = seed;
    }

    void add(Fault fault, Duration untilProgress) {
        faults.merge(
                fault,
                new Line(1, untilProgress),
                (one, other) -> new Line(
                        one.times() + other.times(),
                        one.longest().compareTo(other.longest()) > 0 ? one.longest() : other.longest()));
    }

    String table(Checker.Result result, Duration took, int sessions) {
        StringBuilder text = new StringBuilder();
        text.append(line("%-55s %5s  %s", "fault", "times", "longest until assignments came"));
        faults.forEach((fault, line) ->
                text.append(line("%-55s %5d  %6.1f s", fault.label(), line.times(), seconds(line.longest()))));
        text.append(line(""));
        text.append(line(
                "seed %d, %.0f s of faults, %d sessions, %,d attempts made ready, %,d assignments",
                seed, seconds(took), sessions, result.ready(), result.assigned()));
        text.append(line(
                "lost %d, duplicated %d, invented %d, out of order %d, out of turn %d, of an old session %d",
                count(result, Wrong.LOST),
                count(result, Wrong.DUPLICATED),
                count(result, Wrong.INVENTED),
                count(result, Wrong.OUT_OF_ORDER),
                count(result, Wrong.OUT_OF_TURN),
                count(result, Wrong.OLD_SESSION)));
        text.append(line(
                "ids used twice %d, most out %d of %d, longest stall %.1f s",
                count(result, Wrong.ID_USED_TWICE), result.mostOut(), Yard.CAPACITY, seconds(result.longestStall())));
        return text.toString();
    }

    private static int count(Checker.Result result, Wrong wrong) {
        return result.verdict().count(wrong);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + "\n";
    }
}
