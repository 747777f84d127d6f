package io.yardmaster.bench.idle;

import io.yardmaster.app.cli.Version;
import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.process.BrokerJvm;
import io.yardmaster.bench.process.JvmOptions;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.OutputOption;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.bench.report.Table;
import io.yardmaster.bench.report.Target;
import io.yardmaster.bench.runs.StateDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the costs of an instance with nothing to do, and the delay of the first event after a pause. */
@Command(
        name = "idle",
        description = {
            "Measures the CPU time of a 'serve' that has nothing to do, as a part of one core, beside a broker",
            "and with one embedded, that of such a broker alone, and how long the first event after a pause",
            "takes to the fleet."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
public final class IdleCommand implements Callable<Integer> {
    private static final Target MOST_OF_A_CORE = Target.atMost(2);
    /** Each takes a minute by default. The median leaves out those in which the JVM compiles what an idle instance calls. */
    private static final int PARTS = 10;

    private static final int MOST_SHARDS = 1_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--lanes", split = ",", defaultValue = "1,65", description = "Shards (default: ${DEFAULT-VALUE}).")
    private Set<Integer> shards = new LinkedHashSet<>();

    @Option(
            names = "--after",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "Seconds from ready to the measurement (default: ${DEFAULT-VALUE}).")
    private int after;

    @Option(
            names = "--seconds",
            defaultValue = "600",
            description = "Seconds over which CPU time is measured, in ten parts (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--events",
            defaultValue = "100",
            description = "First events, after pauses of 0.5 to 3 s; 0: none (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(names = "--seed", defaultValue = "1", description = "The seed of the pauses (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--baseline",
            paramLabel = "DIR",
            description = "The directory lib of another build, such as app/target/yardmaster/lib, to compare with.")
    private Path baseline;

    @Mixin
    private OutputOption output;

    private final List<Figure> figures = new ArrayList<>();
    /** By number of shards: the first events of the baseline, which is measured first. */
    private final Map<Integer, Sample> before = new HashMap<>();

    @Override
    public Integer call() throws IOException {
        check();
        PrintWriter out = spec.commandLine().getOut();
        output.begin();
        out.println("seed " + seed);
        out.flush();
        brokerAlone();
        for (int count : shards) {
            if (baseline != null) {
                measure(Build.in(baseline.toString()), count);
            }
            measure(Build.own(), count);
        }
        out.println();
        out.print(Table.of(figures));
        out.flush();
        return ExitCode.OK;
    }

    /** Measures what no change of the scheduler can save of the time of a {@code serve --embedded}. */
    private void brokerAlone() throws IOException {
        Path work = output.newData();
        try (BrokerJvm broker = BrokerJvm.start(work.resolve("broker"), output.directory(), JvmOptions.SCHEDULER)) {
            add("CPU of an embedded broker alone, without topics", percent(broker::cpuTime), Unit.PERCENT, null, "");
        } finally {
            StateDirectory.delete(work);
        }
    }

    private void measure(Build build, int count) throws IOException {
        Path work = output.newData();
        Path log = output.directory().resolve("serve.log");
        boolean own = build.label().isEmpty();
        Target mostOfACore = own ? MOST_OF_A_CORE : null;
        try (BrokerJvm broker = BrokerJvm.start(work.resolve("broker"), output.directory());
                IdleServe serve =
                        IdleServe.beside(broker.bootstrapServers(), build, count, work.resolve("state"), log)) {
            add(build, count, "CPU of an idle instance, of a core", percent(serve::cpuTime), Unit.PERCENT, mostOfACore);
        }
        try (IdleServe serve = IdleServe.embedded(build, count, work.resolve("embedded"), log)) {
            add(build, count, "CPU with the embedded broker", percent(serve::cpuTime), Unit.PERCENT, mostOfACore);
            if (events > 0) {
                Sample millis = FirstEvents.millis(serve, events, seed);
                double p99 = millis.quantile(0.99);
                Target notLater = own && before.containsKey(count)
                        ? Target.atMost(before.get(count).quantile(0.99))
                        : null;
                Sample p50 = Sample.of(millis.median());
                add(build, count, "first event after a pause, p50", p50, Unit.MILLIS, null);
                add(build, count, "first event after a pause, p99", Sample.of(p99), Unit.MILLIS, notLater);
                if (!own) {
                    before.put(count, millis);
                }
            }
        } finally {
            StateDirectory.delete(work);
        }
    }

    private Sample percent(Supplier<Duration> cpuTime) {
        waitFor(Duration.ofSeconds(after));
        List<Double> percent = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            percent.add(percentOfACore(cpuTime, Duration.ofSeconds(seconds).dividedBy(PARTS)));
        }
        return new Sample(percent);
    }

    private void add(Build build, int count, String what, Sample sample, Unit unit, Target target) {
        String where = count == 1 ? ", 1 shard" : ", " + count + " shards";
        add(what + where, sample, unit, target, build.label());
    }

    private void add(String what, Sample sample, Unit unit, Target target, String label) {
        figures.add(new Figure("idle." + figures.size(), what, sample, unit, target, label));
        PrintWriter progress = spec.commandLine().getErr();
        progress.printf(Locale.ROOT, "%s: %.2f %s %s%n", what, sample.median(), unit.symbol(), label);
        progress.flush();
    }

    private static double percentOfACore(Supplier<Duration> cpuTime, Duration time) {
        long begun = System.nanoTime();
        Duration had = cpuTime.get();
        waitFor(time);
        Duration more = cpuTime.get().minus(had);
        return 100.0 * more.toNanos() / (System.nanoTime() - begun);
    }

    private static void waitFor(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    private void check() {
        shards.forEach(count -> output.require(
                count >= 1 && count <= MOST_SHARDS, "--lanes=" + count + ": must be from 1 to " + MOST_SHARDS));
        output.require(after >= 0, "--after=" + after + ": must be 0 or more");
        output.require(seconds >= PARTS, "--seconds=" + seconds + ": must be " + PARTS + " or more");
        output.require(events >= 0, "--events=" + events + ": must be 0 or more");
        output.require(baseline == null || Files.isDirectory(baseline), "--baseline=" + baseline + ": is no directory");
    }
}
