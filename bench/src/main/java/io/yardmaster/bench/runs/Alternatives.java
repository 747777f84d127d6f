package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.Workload;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Measures what the scheduler's defaults gain: each alternative in turn with the defaults, under load and with little
 * to do. Garbage collectors have JVMs of their own and come first, so that the defaults have no warmer JVM than they.
 */
public final class Alternatives {
    private static final String SHIPPED = "as shipped";
    private static final int JOBS = 1_000;
    private static final int PER_SECOND = 1_000;
    private static final int UNCOUNTED = 1_000;
    private static final int TASKS = 4_000;

    private static final int WARMUPS_OF_A_JVM = 3;

    private static final List<String> COLLECTORS = List.of("-XX:+UseG1GC", "-XX:+UseSerialGC");

    /** The settings that decide how long a task waits when there is little to do. */
    private static final List<String> TIMING = List.of(
            "kafka.commit.interval.ms=10",
            "kafka.commit.interval.ms=50",
            "kafka.commit.interval.ms=100",
            "tick.interval=1ms",
            "tick.interval=10ms",
            "kafka.producer.linger.ms=0",
            "kafka.producer.linger.ms=20",
            "kafka.poll.ms=100",
            "kafka.enable.transactional.statestores=true");

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
     * @param beginning of the wanted alternatives, such as tick.interval; empty for all
     */
    public static void compare(BenchCluster cluster, String beginning, PrintWriter out) {
        List<String> collectors = beginningWith(beginning, COLLECTORS);
        if (!collectors.isEmpty()) {
            compare(cluster, "collectors", WARMUPS_OF_A_JVM, collectors, List.of(), out);
        }
        List<String> timing = beginningWith(beginning, TIMING);
        List<String> volume = beginningWith(beginning, VOLUME);
        if (!timing.isEmpty() || !volume.isEmpty()) {
            compare(cluster, "settings", cluster.options().warmups(), timing, volume, out);
        }
    }

    private static List<String> beginningWith(String beginning, List<String> alternatives) {
        return alternatives.stream()
                .filter(alternative -> alternative.startsWith(beginning))
                .toList();
    }

    private static void compare(
            BenchCluster cluster, String what, int warmups, List<String> timing, List<String> volume, PrintWriter out) {
        List<String> waited = new ArrayList<>(List.of(SHIPPED));
        waited.addAll(timing);
        List<String> all = new ArrayList<>(waited);
        all.addAll(volume);
        Interleaved interleaved = cluster.interleaved(warmups);
        Series<Throughput> loaded = interleaved.run(
                what + " under load",
                sides(all, new Workload(cluster.options().size(), 1, JOBS)),
                side -> new ThroughputRound(cluster).run(side));
        Series<Latency> idle = interleaved.run(
                what + " at 1,000/s",
                sides(waited, new Workload(UNCOUNTED + TASKS, 1, JOBS)),
                side -> new LatencyRound(cluster, PER_SECOND, UNCOUNTED).run(side));
        out.printf(
                "%n%-36s  %10s  %7s  %7s  %7s%n",
                "to the defaults (median of rounds)", "per second", "CPU", "p50", "p99");
        for (String setting : all) {
            out.printf(
                    "%-36s  %10s  %7s",
                    setting,
                    times(loaded, setting, Throughput::perSecond),
                    times(loaded, setting, Throughput::cpuSecondsPerMillion));
            if (waited.contains(setting)) {
                out.printf("  %7s  %7s", times(idle, setting, Latency::p50), times(idle, setting, Latency::p99));
            }
            out.println();
        }
        out.printf(
                Locale.ROOT,
                "as shipped: %,.0f per second, %.2f CPU seconds per million, p50 %.1f ms, p99 %.1f ms%n",
                loaded.of(SHIPPED, Throughput::perSecond).median(),
                loaded.of(SHIPPED, Throughput::cpuSecondsPerMillion).median(),
                idle.of(SHIPPED, Latency::p50).median(),
                idle.of(SHIPPED, Latency::p99).median());
        out.flush();
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
        if (COLLECTORS.contains(setting)) {
            return shipped.withCollector(setting);
        }
        int equals = setting.indexOf('=');
        return equals < 0 ? shipped : shipped.with(setting.substring(0, equals), setting.substring(equals + 1));
    }
}
