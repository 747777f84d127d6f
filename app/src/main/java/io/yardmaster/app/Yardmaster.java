package io.yardmaster.app;

import io.yardmaster.app.cli.CancelCommand;
import io.yardmaster.app.cli.ConnectCommand;
import io.yardmaster.app.cli.DemoCommand;
import io.yardmaster.app.cli.Describe;
import io.yardmaster.app.cli.ErrorLines;
import io.yardmaster.app.cli.EventsCommand;
import io.yardmaster.app.cli.PauseCommand;
import io.yardmaster.app.cli.PolicyCommand;
import io.yardmaster.app.cli.PriorityCommand;
import io.yardmaster.app.cli.ResumeCommand;
import io.yardmaster.app.cli.Serve;
import io.yardmaster.app.cli.StatusCommand;
import io.yardmaster.app.cli.SubmitCommand;
import io.yardmaster.app.cli.TopicsCommand;
import io.yardmaster.app.cli.Version;
import io.yardmaster.app.cli.WorkCommand;
import io.yardmaster.app.terminal.PrintableWriter;
import java.util.List;
import java.util.Locale;
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
            CancelCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            PriorityCommand.class,
            PolicyCommand.class,
            EventsCommand.class,
            ConnectCommand.class,
            Describe.class,
        })
public final class Yardmaster {
    private static final String VERBOSE = "--verbose";
    /** Java decodes bytes that it cannot read to this character. */
    private static final char UNREADABLE = '\uFFFD';

    @Option(names = VERBOSE, scope = ScopeType.INHERIT, description = "Show stack traces of errors.")
    private boolean verbose;

    private Yardmaster() {}

    public static void main(String[] args) {
        // Kafka, the embedded broker above all, writes numbers and capitals by the default locale, and does not start
        // with Persian digits or Turkish letters. Output that programs read must look the same everywhere.
        Locale.setDefault(Locale.ROOT);
        if (List.of(args).stream().anyMatch(arg -> arg.indexOf(UNREADABLE) >= 0)) {
            System.err.println(
                    "yardmaster: an argument holds characters that the locale of this process (%s) does not have: set LC_ALL to one in UTF-8, such as C.UTF-8"
                            .formatted(System.getProperty("sun.jnu.encoding")));
            System.exit(CommandLine.ExitCode.USAGE);
        }
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

    /** Escapes the text that a command prints. The help is our own text and keeps its colours, so it is printed as it is. */
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
