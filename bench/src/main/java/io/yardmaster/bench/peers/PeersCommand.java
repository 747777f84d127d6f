package io.yardmaster.bench.peers;

import io.yardmaster.bench.report.JsonReport;
import io.yardmaster.bench.report.Machine;
import io.yardmaster.bench.report.OutputOption;
import io.yardmaster.bench.report.Table;
import io.yardmaster.bench.runs.StateDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** B21: measures Dask's and HyperQueue's own schedulers beside this one. */
@Command(
        name = "peers",
        description = {
            "Measures this scheduler beside Dask (no-op handlers in the worker's process) and HyperQueue (a process for"
                    + " each task, the program true): flat tasks, ten layers and a chain.",
            "Both are installed from PyPI into a virtual environment, which needs python3 and network; one that cannot be"
                    + " had is skipped with a line."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class PeersCommand implements Callable<Integer> {
    private static final Duration ROUND_LIMIT = Duration.ofMinutes(10);
    private static final int LARGEST = 1_000_000;
    /** Each task of a chain is a stage of its own, of which a graph has at most so many. */
    private static final int LONGEST_CHAIN = 10_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--tasks",
            defaultValue = "50000",
            description = "Flat tasks with handlers in a process (default: ${DEFAULT-VALUE}).")
    private int tasks;

    @Option(
            names = "--commands",
            defaultValue = "2000",
            description = "Flat tasks with a process for each (default: ${DEFAULT-VALUE}).")
    private int commands;

    @Option(
            names = "--layer",
            defaultValue = "1000",
            description = "Tasks in each of the ten layers (default: ${DEFAULT-VALUE}).")
    private int layer;

    @Option(names = "--chain", defaultValue = "1000", description = "Tasks in the chain (default: ${DEFAULT-VALUE}).")
    private int chain;

    @Option(
            names = "--slots",
            defaultValue = "64",
            description = "Handlers that the Java client runs at once, but for those that start processes: one for each"
                    + " core (default: ${DEFAULT-VALUE}).")
    private int slots;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds that count (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warmups",
            defaultValue = "1",
            description =
                    "Rounds of Yardmaster alone before them, in which its JVM compiles (default: ${DEFAULT-VALUE}).")
    private int warmups;

    @Option(
            names = "--python",
            defaultValue = "python3",
            paramLabel = "COMMAND",
            description = "The interpreter that makes the virtual environment (default: ${DEFAULT-VALUE}).")
    private String python;

    @Option(
            names = "--venv",
            paramLabel = "DIR",
            description = "A virtual environment to make, or to use again (default: a temporary one).")
    private Path venv;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws IOException {
        check();
        Instant begun = Instant.now();
        PrintWriter out = spec.commandLine().getOut();
        output.begin();
        Path work = output.newData();
        try {
            PeerPackages packages = PeerPackages.install(
                    python, venv == null ? work.resolve("venv") : venv.toAbsolutePath(), work, out::println);
            packages.libraries().forEach(library -> out.println(library.label() + " " + PeerPackages.pinned(library)));
            out.flush();
            if (!packages.libraries().isEmpty()) {
                PeerFigures figures = measure(packages, work);
                print(figures, out);
                Path file = output.directory().resolve("peers.json");
                JsonReport.write(file, Machine.describe(output.directory()), description(begun), figures.figures());
                out.println("peers.json and logs are in " + output.directory().toAbsolutePath());
            }
        } finally {
            StateDirectory.delete(work);
        }
        out.flush();
        return ExitCode.OK;
    }

    private PeerFigures measure(PeerPackages packages, Path work) throws IOException {
        List<Contender> contenders = Arrays.stream(Contender.values())
                .filter(contender -> contender.takesPart(packages))
                .toList();
        PeerRun peers = new PeerRun(packages.python(), work, ROUND_LIMIT);
        PeerFigures figures = new PeerFigures();
        try (ClientRounds own = new ClientRounds(work, output.directory(), slots, ROUND_LIMIT)) {
            for (int number = 1 - warmups; number <= rounds; number++) {
                for (WorkShape shape : WorkShape.values()) {
                    for (Contender contender : contenders) {
                        if (number >= 1 || !contender.isPeer()) {
                            int size = size(contender, shape);
                            ShapeResult result = contender.isPeer()
                                    ? peers.run(contender, shape, size)
                                    : own.run(contender, shape, size);
                            tell(number, contender, shape, result);
                            if (number >= 1) {
                                figures.add(contender, shape, result);
                            }
                        }
                    }
                }
            }
        }
        return figures;
    }

    private int size(Contender contender, WorkShape shape) {
        return switch (shape) {
            case FLAT -> contender.startsProcesses() ? commands : tasks;
            case LAYERS -> layer;
            case CHAIN -> chain;
        };
    }

    private void tell(int number, Contender contender, WorkShape shape, ShapeResult result) {
        PrintWriter progress = spec.commandLine().getErr();
        progress.printf(
                Locale.ROOT,
                "%s, %s, %s%s: %s%n",
                shape.label(),
                number < 1 ? "warm-up" : "round " + number + " of " + rounds,
                contender.label(),
                contender.startsProcesses() ? ", a process for each task" : "",
                result);
        progress.flush();
    }

    private void print(PeerFigures figures, PrintWriter out) {
        out.println();
        out.printf(
                Locale.ROOT,
                "flat: %,d tasks, with processes %,d; layers: 10 of %,d tasks; chain: %,d tasks; medians of %d rounds%n%n",
                tasks,
                commands,
                layer,
                chain,
                rounds);
        for (boolean startsProcesses : new boolean[] {false, true}) {
            String table = figures.sideBySide(startsProcesses);
            out.print(table.isEmpty() ? "" : table + System.lineSeparator());
        }
        out.print(Table.of(figures.figures().figures()));
        out.println();
        out.print(Survival.table());
        out.println();
    }

    private Map<String, Object> description(Instant begun) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("begun", begun.toString());
        run.put("ended", Instant.now().toString());
        run.put("tasks", tasks);
        run.put("commands", commands);
        run.put("layer", layer);
        run.put("chain", chain);
        run.put("slots", slots);
        for (PeerLibrary library : PeerLibrary.values()) {
            run.put(library.distribution(), PeerPackages.pinned(library));
        }
        return run;
    }

    private void check() {
        require("--tasks", tasks, 1, LARGEST);
        require("--commands", commands, 1, LARGEST);
        require("--layer", layer, 1, LARGEST / WorkShape.LAYER_COUNT);
        // Hops are between two tasks, of which the first fifth does not count.
        require("--chain", chain, 3, LONGEST_CHAIN);
        require("--slots", slots, 1, 1_000);
        require("--rounds", rounds, 1, 100);
        require("--warmups", warmups, 0, 100);
    }

    private void require(String option, int value, int least, int most) {
        output.require(
                value >= least && value <= most, "%s=%s: must be from %s to %s".formatted(option, value, least, most));
    }
}
