package io.yardmaster.bench;

import io.yardmaster.bench.runs.Suite;
import io.yardmaster.bench.runs.SuiteOptions;
import io.yardmaster.replay.traces.PodTrace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command line's options for which benchmarks are measured and how long. */
final class MeasuringOptions {
    private static final Set<String> QUICK_BENCHMARKS = Set.of("B1", "B2", "B8");
    private static final long QUICK_SIZE = 200_000;
    private static final int QUICK_ROUNDS = 3;
    private static final int SMALLEST = 10_000;

    @Option(
            names = {"-b", "--benchmarks"},
            split = ",",
            paramLabel = "B1,B2",
            description = "The ids of benchmarks; all by default.")
    private Set<String> benchmarks = new LinkedHashSet<>();

    @Option(
            names = "--quick",
            description =
                    "A small form of B1, B2 and B8 that fails if a figure is worse than half of the recorded one.")
    private boolean quick;

    @Option(names = "--rounds", description = "Rounds that count (default: 5, quick: " + QUICK_ROUNDS + ").")
    private Integer rounds;

    @Option(names = "--warmups", defaultValue = "3", description = "Rounds before them that do not count (default: 3).")
    private int warmups;

    @Option(
            names = "--size",
            description = "Events per round for contestants as fast as the copy (default: 2000000, quick: " + QUICK_SIZE
                    + ").")
    private Long size;

    @Option(
            names = "--buffered",
            defaultValue = "10000000",
            description = "Tasks in the largest backlog (default: ${DEFAULT-VALUE}).")
    private long buffered;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "A setting of the scheduler in place of its default; kafka.* holds for the copy, too.")
    private Map<String, String> settings = Map.of();

    @Option(names = "--record-flights", description = "Record each contestant's JVM with JFR.")
    private boolean recordFlights;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = {
                "The batch tasks of Alibaba's cluster trace of 2018, a .csv.gz file, for B17, B26 and B34, the trace of the LHC Computing",
                "Grid of 2005, a .swf.gz file, for B33, or the pods of Alibaba's GPU trace of 2023, a .csv.gz file, for B26 and, with the",
                "nodes in a file beside it, for B30. Can be repeated; without their files these benchmarks are left out."
            })
    private List<String> traces = List.of();

    /**
     * The options, with a value for each.
     *
     * @throws ParameterException for an invalid value
     */
    SuiteOptions check(CommandLine command) {
        traces.forEach(
                trace -> require(command, Files.isReadable(Path.of(trace)), "--trace=" + trace + ": cannot be read"));
        SuiteOptions options = new SuiteOptions(
                wanted(command),
                quick,
                size != null ? size : quick ? QUICK_SIZE : 2_000_000,
                rounds != null ? rounds : quick ? QUICK_ROUNDS : 5,
                warmups,
                buffered,
                settings,
                recordFlights,
                trace(each -> !isGrid(each) && !PodTrace.isOf(each)),
                trace(MeasuringOptions::isGrid),
                trace(PodTrace::isOf),
                traces.stream().filter(each -> !isGrid(Path.of(each))).toList());
        require(command, options.rounds() >= 1, "--rounds=" + rounds + ": must be 1 or more");
        require(command, options.warmups() >= 0, "--warmups=" + warmups + ": must be 0 or more");
        require(command, options.size() >= SMALLEST, "--size=" + size + ": must be " + SMALLEST + " or more");
        require(command, buffered >= SMALLEST, "--buffered=" + buffered + ": must be " + SMALLEST + " or more");
        return options;
    }

    private String trace(Predicate<Path> kind) {
        return traces.stream()
                .filter(trace -> kind.test(Path.of(trace)))
                .findFirst()
                .orElse(null);
    }

    private static boolean isGrid(Path trace) {
        return trace.getFileName().toString().contains(".swf");
    }

    private Set<String> wanted(CommandLine command) {
        List<String> known = Suite.ids();
        for (String id : benchmarks) {
            require(command, known.contains(id), "--benchmarks=" + id + ": must be of " + String.join(", ", known));
        }
        require(command, !quick || benchmarks.isEmpty(), "--quick and --benchmarks exclude each other");
        return quick ? QUICK_BENCHMARKS : benchmarks.isEmpty() ? Set.copyOf(known) : benchmarks;
    }

    private static void require(CommandLine command, boolean allowed, String problem) {
        if (!allowed) {
            throw new ParameterException(command, problem);
        }
    }
}
