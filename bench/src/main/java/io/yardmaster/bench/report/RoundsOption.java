package io.yardmaster.bench.report;

import picocli.CommandLine.Option;

/** The number of rounds in which a command measures each of its sides. */
public final class RoundsOption {
    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Rounds of each side that count (default: ${DEFAULT-VALUE}).")
    private int rounds;

    public int number() {
        return rounds;
    }

    /** Refuses a number below 1. */
    public void check(OutputOption output) {
        output.require(rounds >= 1, "--rounds=" + rounds + ": must be 1 or more");
    }
}
