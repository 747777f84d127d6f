package io.yardmaster.app;

import io.yardmaster.app.cli.ConnectCommand;
import io.yardmaster.app.cli.DemoCommand;
import io.yardmaster.app.cli.Describe;
import io.yardmaster.app.cli.ErrorLines;
import io.yardmaster.app.cli.Serve;
import io.yardmaster.app.cli.StatusCommand;
import io.yardmaster.app.cli.SubmitCommand;
import io.yardmaster.app.cli.TopicsCommand;
import io.yardmaster.app.cli.Version;
import io.yardmaster.app.cli.WorkCommand;
import io.yardmaster.app.terminal.PrintableWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/** The command line. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "yardmaster",
        description = "A fair, exactly-once task scheduler that runs as a Kafka Streams topology.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        sortOptions = false,
        subcommands = {
            DemoCommand.class,
            Serve.class,
            TopicsCommand.class,
            SubmitCommand.class,
            WorkCommand.class,
            StatusCommand.class,
            ConnectCommand.class,
            Describe.class,
        })
public final class Yardmaster {
    private static final String VERBOSE = "--verbose";

    @Option(names = VERBOSE, scope = ScopeType.INHERIT, description = "Show stack traces of errors.")
    private boolean verbose;

    private Yardmaster() {}

    public static void main(String[] args) {
        if (List.of(args).contains(VERBOSE)) {
            // Read by logback.xml, so before anything logs.
            System.setProperty("yardmaster.log.exception", "%ex");
        }
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        Yardmaster root = new Yardmaster();
        ErrorLines errors = new ErrorLines(() -> root.verbose);
        return new CommandLine(root)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setExecutionStrategy(Yardmaster::run);
    }

    /** Whatever a command prints is made printable on its way; the help, which has colours, is text of our own. */
    private static int run(ParseResult parsed) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        CommandLine command = parsed.commandSpec().commandLine();
        command.setOut(new PrintableWriter(command.getOut())).setErr(new PrintableWriter(command.getErr()));
        return new RunLast().execute(parsed);
    }
}
