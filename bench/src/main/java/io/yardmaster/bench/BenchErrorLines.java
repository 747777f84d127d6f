package io.yardmaster.bench;

import io.yardmaster.replay.InvalidDayException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints an exception of our own as one line; any other is a defect, and its trace is printed. */
final class BenchErrorLines implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (!(e instanceof BenchException || e instanceof InvalidDayException)) {
            throw e;
        }
        command.getErr().println(command.getCommandName() + ": " + e.getMessage());
        return ExitCode.SOFTWARE;
    }
}
