package io.yardmaster.app.cli;

import io.yardmaster.app.access.Role;
import io.yardmaster.app.operator.CommandAnswer;
import io.yardmaster.app.operator.CommandClient;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.schemas.CommandLimits;
import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command line that asks the scheduler for something about jobs, and prints its answers. */
@Command(
        footer = {
            "",
            "Prints the scheduler's answer. Exit code 1 if it knows no such job, or the job has ended, or no answer comes.",
            "A command that was not answered is carried out when a scheduler runs."
        })
abstract class JobCommandLine implements Callable<Integer> {
    private static final long CURRENT_SESSION = -1;

    private final CommandType type;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description =
                    "A sentence for those who look at the job later, up to " + CommandLimits.REASON + " characters.")
    private String reason;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Name of the person or program that asks, up to " + CommandLimits.BY
                    + " characters (default: the user of this process).")
    private Optional<String> by = Optional.empty();

    @Option(
            names = "--session",
            paramLabel = "N",
            description = "Do it only if no newer session than this has begun (default: in any session).")
    private Optional<Long> session = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Time to wait for the answer (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    JobCommandLine(CommandType type) {
        this.type = type;
    }

    @Override
    public Integer call() throws InterruptedException {
        String asker = by.orElseGet(() -> System.getProperty("user.name", ""));
        requireLength("--reason", reason, CommandLimits.REASON);
        requireLength("--by", asker, CommandLimits.BY);
        int priority = priority();
        session.ifPresent(number -> require(number >= 0, "--session=" + number + ": must be a whole number from 0 on"));
        require(
                timeoutSeconds >= 1 && timeoutSeconds <= 3600,
                "--timeout=" + timeoutSeconds + ": must be a whole number of seconds from 1 to 3600");
        List<JobCommand> commands = jobs().stream()
                .map(this::id)
                .distinct()
                .map(job -> new JobCommand(job, session.orElse(CURRENT_SESSION), type, reason, asker, priority))
                .toList();
        SchedulerConfig config = Requirements.withKafkaAndRegistry(options.load());
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            topics.check(Role.OPERATOR);
        }
        List<CommandAnswer> answers = new ArrayList<>();
        try (CommandClient client = new CommandClient(config)) {
            client.ask(commands, Duration.ofSeconds(timeoutSeconds), answer -> {
                answers.add(answer);
                print(answer);
            });
        }
        return answers.stream().allMatch(CommandAnswer::done) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** The jobs as they were typed. */
    abstract List<String> jobs();

    /** The priority that the command sets; 0 if it sets none. */
    int priority() {
        return 0;
    }

    private void print(CommandAnswer answer) {
        PrintWriter writer =
                answer.done() ? spec.commandLine().getOut() : spec.commandLine().getErr();
        writer.println(answer.done() ? answer.line() : "yardmaster: " + answer.line());
        writer.flush();
    }

    private long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ParameterException(
                    spec.commandLine(), "JOB " + text + ": must be the id of a job, a whole number", e);
        }
    }

    private void requireLength(String option, String text, int most) {
        require(text.length() <= most, option + ": has " + text.length() + " characters, must have at most " + most);
    }

    /** Refuses the command line with this sentence unless it is right. */
    final void require(boolean right, String otherwise) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
