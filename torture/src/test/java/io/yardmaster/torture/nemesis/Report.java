package io.yardmaster.torture.nemesis;

import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.torture.checker.Checker;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The faults and the result of a run, as a table. */
final class Report {
    /**
     * The number of a fault's injections, the longest time until assignments came again, and the number per variant.
     */
    private record Line(int times, Duration longest, Map<String, Integer> variants) {
        Line and(Line other) {
            Map<String, Integer> both = new TreeMap<>(variants);
            other.variants.forEach((variant, count) -> both.merge(variant, count, Integer::sum));
            return new Line(times + other.times, longest.compareTo(other.longest) > 0 ? longest : other.longest, both);
        }

        String ways() {
            return variants.entrySet().stream()
                    .filter(variant -> !variant.getKey().isEmpty())
                    .map(variant -> variant.getKey() + " " + variant.getValue())
                    .collect(Collectors.joining(", "));
        }
    }

    private final long seed;
    private final Map<Fault, Line> faults = new EnumMap<>(Fault.class);

    Report(long seed) {
        this.seed = seed;
    }

    void add(Fault fault, Done done, Duration untilProgress) {
        faults.merge(fault, new Line(1, untilProgress, Map.of(done.variant(), 1)), Line::and);
    }

    String table(Checker.Result result, Duration took, int sessions) {
        StringBuilder text = new StringBuilder();
        text.append(line("%-55s %5s  %s", "fault", "times", "longest until assignments came"));
        faults.forEach((fault, line) -> text.append(
                line("%-55s %5d  %6.1f s  %s", fault.label(), line.times(), seconds(line.longest()), line.ways())));
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
                "ids used twice %d, never taken %d, most outstanding %d of %d",
                count(result, Wrong.ID_USED_TWICE),
                count(result, Wrong.NOT_TAKEN),
                result.mostOutstanding(),
                TortureRig.CAPACITY));
        text.append(line(
                "%,d commands: cancelled %,d, paused %,d, resumed %,d, prioritized %,d, dropped %,d",
                result.commands(),
                count(result, JobEventKind.JOB_CANCELLED),
                count(result, JobEventKind.JOB_PAUSED),
                count(result, JobEventKind.JOB_RESUMED),
                count(result, JobEventKind.JOB_PRIORITIZED),
                count(result, JobEventKind.COMMAND_DROPPED)));
        text.append(line(
                "wrong answers %d, wrong dead letters %d, disobeyed %d, contradictions %d, not as told %d, wrong kills %d",
                count(result, Wrong.ANSWER),
                count(result, Wrong.DEAD_LETTER),
                count(result, Wrong.DISOBEYED),
                count(result, Wrong.CONTRADICTION),
                count(result, Wrong.NOT_AS_TOLD),
                count(result, Wrong.KILL)));
        text.append(line(
                "%,d outcomes: succeeded %,d, failed %,d, killed %,d, refused %,d; not counted %d, miscounted %d",
                result.outcomes(),
                ends(result, JobEventKind.TASKS_SUCCEEDED),
                ends(result, JobEventKind.TASKS_FAILED),
                ends(result, JobEventKind.TASKS_KILLED),
                ends(result, JobEventKind.TASKS_REFUSED),
                count(result, Wrong.NOT_COUNTED),
                count(result, Wrong.MISCOUNTED)));
        text.append(line(
                "%,d assignments passed by execution managers that write outcomes, %d of them without one",
                result.owed(), count(result, Wrong.UNREPORTED)));
        text.append(line(
                "%,d graphs: succeeded %,d, failed %,d, refused %,d; too early %d, killed wrongly %d, wrong ends %d",
                result.graphs(),
                count(result, JobEventKind.JOB_SUCCEEDED),
                count(result, JobEventKind.JOB_FAILED),
                count(result, JobEventKind.JOB_REFUSED),
                count(result, Wrong.TOO_EARLY),
                count(result, Wrong.KILLED_WRONGLY),
                count(result, Wrong.WRONG_END)));
        text.append(line(
                "limits: most in use %s, in percent; exceeded %d",
                result.limits(), count(result, Wrong.LIMIT_EXCEEDED)));
        text.append(line(
                "%,d tasks in the pool, %d in a wrong one; %,d of the group with a rate, exceeded %d; out of priority %d",
                result.pooled(),
                count(result, Wrong.WRONG_POOL),
                result.rated(),
                count(result, Wrong.RATE_EXCEEDED),
                count(result, Wrong.OUT_OF_PRIORITY)));
        text.append(line(
                "longest stall of a shard %.1f s, longest time until all had heard of a session %.1f s",
                seconds(result.longestStall()), seconds(result.longestNews())));
        return text.toString();
    }

    private static int count(Checker.Result result, Wrong wrong) {
        return result.verdict().count(wrong);
    }

    private static long count(Checker.Result result, JobEventKind answer) {
        return result.answers().getOrDefault(answer, 0L);
    }

    private static long ends(Checker.Result result, JobEventKind kind) {
        return result.ends().getOrDefault(kind, 0L);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values).stripTrailing() + "\n";
    }
}
