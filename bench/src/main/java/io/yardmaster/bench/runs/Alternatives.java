package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the scheduler's defaults are worth: each alternative in turn with what ships, under load and with little to do. */
public final class Alternatives {
    private static final String SHIPPED = "as shipped";
    private static final int JOBS = 1_000;
    private static final int UNCOUNTED = 1_000;
    private static final int TASKS = 4_000;

    /** What decides how long a task waits when there is little to do. */
    private static final List<String> TIMING = List.of(
            "kafka.commit.interval.ms=10",
            "kafka.commit.interval.ms=50",
            "kafka.commit.interval.ms=100",
            "tick.interval=1ms",
            "tick.interval=10ms",
            "kafka.producer.linger.ms=0",
            "kafka.producer.linger.ms=20",
            "kafka.poll.ms=100");

    private static final List<String> VOLUME = List.of(
            "kafka.producer.batch.size=16384",
            "kafka.producer.batch.size=524288",
            "kafka.producer.compression.type=lz4",
            "kafka.max.poll.records=5000",
            "kafka.max.task.idle.ms=0",
            "dispatch.capacity=1024",
            "dispatch.capacity=16384",
            "dispatch.capacity=65536");

    private Alternatives() {}

    /**
     * Measures and prints a line for each.
     *
     * @param beginning of the alternatives that are wanted, such as tick.interval; empty for all
     */
    public static void compare(Yard yard, String beginning, PrintWriter out) {
        List<String> timing = new ArrayList<>(List.of(SHIPPED));
        TIMING.stream().filter(setting -> setting.startsWith(beginning)).forEach(timing::add);
        List<String> all = new ArrayList<>(timing);
        VOLUME.stream().filter(setting -> setting.startsWith(beginning)).forEach(all::add);
        Series<Throughput> loaded = yard.interleaved()
                .run(
                        "under load",
                        sides(all, new Workload(yard.options().size(), 1, JOBS)),
                        side -> new ThroughputRound(yard).run(side));
        Series<Latency> idle = yard.interleaved()
                .run("at 1,000/s", sides(timing, new Workload(UNCOUNTED + TASKS, 1, JOBS)), side -> new LatencyRound(
                                yard, UNCOUNTED)
                        .run(side));
        out.printf("%n%-36s  %10s  %7s  %7s%n", "to what ships (median of the rounds)", "per second", "p50", "p99");
        for (String setting : all) {
            out.printf("%-36s  %10s", setting, times(loaded, setting, Throughput::perSecond));
            if (timing.contains(setting)) {
                out.printf("  %7s  %7s", times(idle, setting, Latency::p50), times(idle, setting, Latency::p99));
            }
            out.println();
        }
        out.printf(
                Locale.ROOT,
                "as shipped: %,.0f per second, p50 %.1f ms, p99 %.1f ms%n",
                loaded.of(SHIPPED, Throughput::perSecond).median(),
                idle.of(SHIPPED, Latency::p50).median(),
                idle.of(SHIPPED, Latency::p99).median());
    }

    private static <M> String times(Series<M> series, String setting, ToDoubleFunction<M> value) {
        return String.format(
                Locale.ROOT, "%.2f x", series.ratio(setting, SHIPPED, value).median());
    }

    private static List<Side> sides(List<String> settings, Workload workload) {
        return settings.stream().map(setting -> side(setting, workload)).toList();
    }

    private static Side side(String setting, Workload workload) {
        Side shipped = Side.of(setting, Contestant.YARDMASTER, workload);
        int equals = setting.indexOf('=');
        return equals < 0 ? shipped : shipped.with(setting.substring(0, equals), setting.substring(equals + 1));
    }
}
