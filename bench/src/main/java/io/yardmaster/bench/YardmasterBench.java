package io.yardmaster.bench;

import io.yardmaster.app.cli.Version;
import io.yardmaster.bench.connect.MeasureConnectCommand;
import io.yardmaster.bench.failover.FailoverCommand;
import io.yardmaster.bench.fairness.FairnessCommand;
import io.yardmaster.bench.idle.IdleCommand;
import io.yardmaster.bench.peers.PeersCommand;
import io.yardmaster.bench.process.BenchLogging;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.JsonReport;
import io.yardmaster.bench.report.Machine;
import io.yardmaster.bench.report.Recorded;
import io.yardmaster.bench.report.SvgPlot;
import io.yardmaster.bench.report.Table;
import io.yardmaster.bench.restart.RestartCommand;
import io.yardmaster.bench.runs.Suite;
import io.yardmaster.bench.runs.SuiteOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of the benchmark suite. Exit codes: 0 done, 1 failed or a gross loss, 2 wrong usage. */
@Command(
        name = "yardmaster-bench",
        description = "Measures Yardmaster against a Kafka Streams application that only copies, on this machine.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            FairnessCommand.class,
            FailoverCommand.class,
            MeasureConnectCommand.class,
            SettingsCommand.class,
            IdleCommand.class,
            RestartCommand.class,
            PeersCommand.class
        },
        sortOptions = false)
public final class YardmasterBench implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private MeasuringOptions measuring;

    @Option(
            names = "--output",
            defaultValue = "${sys:yardmaster.bench.output:-bench-results}",
            paramLabel = "DIR",
            description = "Directory for results and logs (default: ${DEFAULT-VALUE}).")
    private Path output;

    private YardmasterBench() {}

    public static void main(String[] args) {
        // Prints numbers in the same form everywhere.
        Locale.setDefault(Locale.ROOT);
        BenchLogging.configure();
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new YardmasterBench()).setExecutionExceptionHandler(new BenchErrorLines());
    }

    @Override
    public Integer call() throws IOException {
        SuiteOptions options = measuring.check(spec.commandLine());
        PrintWriter out = spec.commandLine().getOut();
        Instant begun = Instant.now();
        Files.createDirectories(output);
        Machine machine = Machine.describe(output);
        out.println(machine);
        options.settings().forEach((key, value) -> out.println("with " + key + "=" + value));
        out.flush();
        Figures figures = Suite.measure(options, output, spec.commandLine().getErr());
        JsonReport.write(output.resolve("results.json"), machine, description(begun, options), figures);
        SvgPlot.write(output.resolve("results.svg"), machine, figures.figures());
        out.println();
        out.print(Table.of(figures.figures()));
        out.println();
        out.println("results.json, results.svg and logs are in " + output.toAbsolutePath());
        int exit = options.quick() ? guard(figures, out) : ExitCode.OK;
        out.flush();
        return exit;
    }

    private static Map<String, Object> description(Instant begun, SuiteOptions options) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("begun", begun.toString());
        run.put("ended", Instant.now().toString());
        run.put("options", options);
        return run;
    }

    private static int guard(Figures figures, PrintWriter out) throws IOException {
        List<String> losses = Recorded.load().losses(figures.figures());
        losses.forEach(loss -> out.println("gross loss: " + loss));
        return losses.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
