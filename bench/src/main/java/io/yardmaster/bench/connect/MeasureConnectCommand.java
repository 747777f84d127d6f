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
                    + " even pace, then rows/s as fast as one connection inserts; with change data capture also the"
                    + " way there and back, to the row of the outcome, and outcome rows/s.",
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

    @Option(names = "--only-results", description = "Measures the way there and back only.")
    private boolean onlyResults;

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
        List<ResultsRound.Result> back = new ArrayList<>();
        try (ConnectRig rig = new ConnectRig(work, output.directory(), connectors)) {
            for (Way way : Way.values()) {
                if (!onlyResults) {
                    results.add(new ConnectRound(rig, way, options).run());
                    tell(results.get(results.size() - 1));
                }
                if (way.isCapture()) {
                    back.add(new ResultsRound(rig, way, options).run());
                    tell(back.get(back.size() - 1));
                }
            }
        } finally {
            StateDirectory.delete(work);
        }
        out.println();
        if (!onlyResults) {
            print(results, out);
            out.println();
        }
        printBack(back, out);
        out.flush();
        return ExitCode.OK;
    }

    private void tell(Object result) {
        spec.commandLine().getErr().println(result);
        spec.commandLine().getErr().flush();
    }

    /** B14d and B14r. */
    private void printBack(List<ResultsRound.Result> results, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "| | COMMIT to outcome's row, p50 | p99 | to the event | from the outcome | over both | outcome rows/s, of"
                        + " %,d |%n|---|---|---|---|---|---|---|%n",
                options.rows());
        results.forEach(result -> out.printf(
                Locale.ROOT,
                "| %s | %.0f ms | %.0f ms | %.0f ms | %.0f ms | %.1f | %,.0f |%n",
                result.way(),
                result.p50(),
                result.p99(),
                result.in(),
                result.back(),
                result.overConnectors(),
                result.rowsPerSecond()));
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
