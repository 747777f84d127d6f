package io.yardmaster.bench.connect;

import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.report.OutputOption;
import io.yardmaster.bench.runs.StateDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the time from a COMMIT to the assignment, and the rows that go through per second. */
@Command(
        name = "connect",
        description = {
            "Measures the way from a row in PostgreSQL and MariaDB to its assignment: the latency from COMMIT at an"
                    + " even pace, then rows/s as fast as one connection inserts.",
            "Database, Connect worker and broker are processes of their own on this machine; a commit is on the disk"
                    + " before it returns."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class MeasureConnectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectOptions options;

    @Mixin
    private OutputOption output;

    @Option(
            names = "--connectors",
            defaultValue = "${sys:yardmaster.connectors:-connectors}",
            paramLabel = "DIR",
            description = "The built module (default: ${DEFAULT-VALUE}).")
    private Path connectors;

    @Override
    public Integer call() throws IOException {
        options.check(spec.commandLine());
        if (!Files.isDirectory(connectors.resolve("target/connect/lib"))) {
            throw new BenchException(connectors + ": not a built connectors module");
        }
        PrintWriter out = spec.commandLine().getOut();
        output.begin();
        out.flush();
        Path work = output.newData();
        List<ConnectRound.Result> results = new ArrayList<>();
        try (ConnectRig rig = new ConnectRig(work, output.directory(), connectors)) {
            for (Way way : Way.values()) {
                results.add(new ConnectRound(rig, way, options).run());
                spec.commandLine().getErr().println(results.get(results.size() - 1));
                spec.commandLine().getErr().flush();
            }
        } finally {
            StateDirectory.delete(work);
        }
        out.println();
        print(results, out);
        out.flush();
        return ExitCode.OK;
    }

    private void print(List<ConnectRound.Result> results, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "| | COMMIT to assignment, p50 | p99 | rows/s, of %,d |%n|---|---|---|---|%n",
                options.rows());
        results.forEach(result -> out.printf(
                Locale.ROOT,
                "| %s | %.0f ms | %.0f ms | %,.0f |%n",
                result.way(),
                result.p50(),
                result.p99(),
                result.rowsPerSecond()));
    }
}
