package io.yardmaster.app.cli;

import io.yardmaster.app.settings.SettingsException;
import io.yardmaster.app.terminal.Printable;
import io.yardmaster.app.topics.TopicShapeException;
import io.yardmaster.app.workflow.InvalidInputException;
import io.yardmaster.connectors.check.UnreadableConfigException;
import io.yardmaster.replay.InvalidDayException;
import io.yardmaster.topology.SetupException;
import io.yardmaster.topology.config.Secrets;
import io.yardmaster.topology.policy.InvalidPolicyException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Prints errors on stderr, each line after {@code yardmaster:}, and chooses the exit code. */
public final class ErrorLines implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final BooleanSupplier verbose;

    /**
     * Handles errors.
     *
     * @param verbose whether to print stack traces; asked at each error
     */
    public ErrorLines(BooleanSupplier verbose) {
        this.verbose = verbose;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        print(command.getErr(), e.getMessage().replaceFirst("^Error: ", "") + " (see '" + help + "')", e);
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        print(command.getErr(), message(e), e);
        return e instanceof SettingsException
                        || e instanceof UnreadableConfigException
                        || e instanceof InvalidInputException
                        || e instanceof InvalidDayException
                        || e instanceof InvalidPolicyException
                        || e instanceof TopicShapeException
                        || e instanceof SetupException
                        || e instanceof InvalidDayException
                ? ExitCode.USAGE
                : ExitCode.SOFTWARE;
    }

    private void print(PrintWriter err, String message, Exception e) {
        message.lines().filter(line -> !line.isBlank()).forEach(line -> err.println("yardmaster: " + printable(line)));
        if (verbose.getAsBoolean()) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            err.print(Printable.lines(Secrets.inText(trace.toString())));
        }
        err.flush();
    }

    /** Text from a user's input must not steer the terminal, and Kafka's own messages repeat URLs with their secrets. */
    private static String printable(String line) {
        return Printable.line(Secrets.inText(line));
    }

    /** The messages of our own exceptions are whole sentences; those of the JDK make sense only with the exception's name. */
    private static String message(Exception e) {
        boolean sentence = !e.getClass().getName().startsWith("java.") || e instanceof IllegalArgumentException;
        return sentence && e.getMessage() != null ? e.getMessage() : e.toString();
    }
}
