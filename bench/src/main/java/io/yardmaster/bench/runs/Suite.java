package io.yardmaster.bench.runs;

import io.yardmaster.bench.report.Figures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** All benchmarks. */
public final class Suite {
    private static final List<BenchmarkRun> RUNS = List.of(
            new ReadyToDispatch(),
            new AgainstPostgres(),
            new PureCore(),
            new Growth(),
            new BufferedState(),
            new ReadyToFleet(),
            new Scaling(),
            new Restart(),
            new OutcomesCounted(),
            new CommandsUnderLoad(),
            new SlotsInUse(),
            new JobsOfOneStage(),
            new ChainOfStages(),
            new RecordedDay(),
            new PureGraphs(),
            new GraphsKilled(),
            new PureLimits(),
            new LimitInUse(),
            new SharedTraces(),
            new PurePlacement(),
            new PlacedEndToEnd(),
            new CancelsWhilePlanning(),
            new ReplayedTraces(),
            new ReplayedLoad());

    private Suite() {}

    /** The ids of all benchmarks, in order. */
    public static List<String> ids() {
        return RUNS.stream()
                .flatMap(run -> run.ids().stream())
                .sorted(Comparator.comparingInt(id -> Integer.parseInt(id.substring(1))))
                .toList();
    }

    /**
     * Measures the wanted benchmarks. Data go to a new directory inside the output's, which is deleted at the end.
     *
     * @param output an existing directory
     */
    public static Figures measure(SuiteOptions options, Path output, PrintWriter progress) throws IOException {
        Figures figures = new Figures();
        Path work = Files.createTempDirectory(output, "data");
        try (BenchCluster cluster = new BenchCluster(options, work, output, progress)) {
            for (BenchmarkRun run : RUNS) {
                if (run.ids().stream().anyMatch(options::wants)) {
                    run.run(cluster, figures);
                }
            }
        } finally {
            StateDirectory.delete(work);
        }
        return figures;
    }
}
