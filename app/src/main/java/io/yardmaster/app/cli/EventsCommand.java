package io.yardmaster.app.cli;

import io.yardmaster.app.access.Role;
import io.yardmaster.app.operator.EventFeed;
import io.yardmaster.app.operator.EventQuery;
import io.yardmaster.app.operator.EventText;
import io.yardmaster.app.operator.TracedEvent;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.topology.config.Durations;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints what became of jobs. */
@Command(
        name = "events",
        description = {
            "Print what became of jobs, and who asked for it: a line for each event, ordered by time. Ends with the events that",
            "are there when it starts. The setting 'events' of the scheduler says which events it writes."
        })
public final class EventsCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofDays(3650);

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Option(names = "--job", paramLabel = "ID", description = "Only events about this job.")
    private Optional<Long> job = Optional.empty();

    @Option(names = "--group", paramLabel = "ID", description = "Only events about jobs of this resource group.")
    private Optional<Long> group = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "DURATION",
            description = "Only events of the last 30m, 6h or 2d, say (default: all that the topic still has).")
    private Optional<String> since = Optional.empty();

    @Option(
            names = "--follow",
            description =
                    "Go on with events as they come, until Ctrl-C; then those of different shards may be out of order.")
    private boolean follow;

    @Option(
            names = "--json",
            description =
                    "Print a JSON object for each event, with the fields of its schema, and traceparent if it has a trace.")
    private boolean json;

    @Override
    public Integer call() {
        EventQuery query = new EventQuery(job, group, since.map(this::duration));
        SchedulerConfig config = Requirements.withKafkaAndRegistry(options.load());
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            topics.check(Role.AUDITOR);
        }
        PrintWriter out = spec.commandLine().getOut();
        try (StopSignal stop = new StopSignal(follow ? OptionalInt.of(ExitCode.OK) : OptionalInt.empty());
                EventFeed feed = new EventFeed(config, query, System.currentTimeMillis(), this::complain)) {
            CompletableFuture<Void> given = stop.given().toCompletableFuture();
            // A reader such as head, which has enough, closes the pipe.
            BooleanSupplier stopped = () -> given.isDone() || out.checkError();
            feed.past(this::print, stopped);
            if (follow) {
                feed.follow(this::print, stopped);
            }
        }
        return ExitCode.OK;
    }

    private void print(TracedEvent event) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? EventText.json(event) : EventText.line(event));
        out.flush();
    }

    private void complain(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("yardmaster: " + line);
        err.flush();
    }

    /** A number without a unit would be milliseconds, which nobody means here. */
    private Duration duration(String text) {
        return Optional.of(text)
                .filter(value -> !value.matches("\\d*"))
                .flatMap(Durations::parse)
                .filter(value -> !value.isNegative() && value.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--since=" + text + ": must be a duration of up to 3650d, such as 30m, 6h or 2d"));
    }
}
