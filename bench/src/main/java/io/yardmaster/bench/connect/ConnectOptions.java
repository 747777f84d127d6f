package io.yardmaster.bench.connect;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command line's options for how much is measured. */
final class ConnectOptions {
    @Option(
            names = "--rows",
            defaultValue = "100000",
            description = "Rows, 100 to a transaction and job, for rows/s (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--latency-rows",
            defaultValue = "2000",
            description = "Rows, each a transaction, for latency (default: ${DEFAULT-VALUE}).")
    private int latencyRows;

    @Option(
            names = "--rate",
            defaultValue = "100",
            description = "Transactions per second for latency (default: ${DEFAULT-VALUE}).")
    private int rate;

    /** Throws if a value is not allowed. */
    ConnectOptions check(CommandLine command) {
        require(command, "--rows", rows, 10_000_000);
        require(command, "--latency-rows", latencyRows, 1_000_000);
        require(command, "--rate", rate, 10_000);
        return this;
    }

    private static void require(CommandLine command, String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new ParameterException(command, "%s=%s: must be from 1 to %s".formatted(name, value, most));
        }
    }

    int rows() {
        return rows;
    }

    int latencyRows() {
        return latencyRows;
    }

    int rate() {
        return rate;
    }
}
