package io.yardmaster.bench.contestants;

import io.yardmaster.bench.process.CommandLoop;

/** The main class of a contestant's JVM; the argument is the contestant's name. */
public final class ContestantProcess {
    private ContestantProcess() {}

    public static void main(String[] args) throws Exception {
        CommandLoop.serve(Contestant.named(args[0]).open());
        System.exit(0);
    }
}
