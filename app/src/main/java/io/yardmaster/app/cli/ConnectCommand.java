package io.yardmaster.app.cli;

import io.yardmaster.connectors.check.ConnectorCheck;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands for Kafka Connect; the subcommand is a method. */
@Command(
        name = "connect",
        description = "Check the configuration of a connector between the storage database and Kafka.",
        synopsisSubcommandLabel = "COMMAND")
public final class ConnectCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand: check");
    }

    @Command(
            description = "Report mistakes in a configuration and in the database that it names, before it is"
                    + " deployed. Exit code 1 if there are any. ${env:NAME} is taken from this environment,"
                    + " ${file:PATH:KEY} and ${directory:PATH:FILE} from this machine. Changes nothing.")
    int check(
            @Parameters(
                            paramLabel = "CONFIG",
                            description = "A file as the REST interface of Kafka Connect takes it, or .properties.")
                    Path file) {
        ConnectorCheck.Findings found = ConnectorCheck.check(file, System.getenv());
        List<String> problems = found.problems();
        problems.forEach(problem -> spec.commandLine().getErr().println("yardmaster: " + problem));
        found.notes().forEach(note -> spec.commandLine().getErr().println("yardmaster: " + note));
        spec.commandLine().getErr().flush();
        if (!problems.isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        spec.commandLine()
                .getOut()
                .println(file
                        + (found.notes().isEmpty()
                                ? " is as it must be"
                                : " is as it must be, as far as could be checked"));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
