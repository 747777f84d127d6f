package io.yardmaster.bench;

import io.yardmaster.app.cli.Version;
import io.yardmaster.bench.report.OutputOption;
import io.yardmaster.bench.report.RoundsOption;
import io.yardmaster.bench.runs.Alternatives;
import io.yardmaster.bench.runs.BenchCluster;
import io.yardmaster.bench.runs.StateDirectory;
import io.yardmaster.bench.runs.SuiteOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows by measurement why the defaults have their values. */
@Command(
        name = "settings",
        description =
                "Measures the scheduler with other settings and garbage collectors than it ships with, one by one, in turn with those.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class SettingsCommand implements Callable<Integer> {
    private static final int SMALLEST = 10_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--only",
            defaultValue = "",
            paramLabel = "KEY",
            description = "Only alternatives that begin with this, such as tick.interval or -XX.")
    private String only;

    @Mixin
    private RoundsOption rounds;

    @Option(
            names = "--size",
            defaultValue = "500000",
            description = "Events per round under load (default: ${DEFAULT-VALUE}).")
    private long size;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws IOException {
        rounds.check(output);
        output.require(size >= SMALLEST, "--size=" + size + ": must be " + SMALLEST + " or more");
        PrintWriter out = spec.commandLine().getOut();
        output.begin();
        out.flush();
        SuiteOptions options = new SuiteOptions(
                Set.of(), false, size, rounds.number(), 1, 0, Map.of(), false, null, null, null, List.of());
        Path work = output.newData();
        try (BenchCluster cluster = new BenchCluster(
                options, work, output.directory(), spec.commandLine().getErr())) {
            Alternatives.compare(cluster, only, out);
        } finally {
            StateDirectory.delete(work);
        }
        out.flush();
        return ExitCode.OK;
    }
}
