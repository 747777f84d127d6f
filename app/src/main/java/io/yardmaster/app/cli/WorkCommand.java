package io.yardmaster.app.cli;

import io.yardmaster.app.settings.LayeredSettings;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.work.CommandWork;
import io.yardmaster.app.work.WorkLog;
import io.yardmaster.client.AssignmentHandler;
import io.yardmaster.client.ExecutionManager;
import io.yardmaster.client.RetryPolicy;
import io.yardmaster.topology.config.SchedulerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a sample execution manager. */
@Command(
        name = "work",
        description = {
            "Take assignments as one of the group, and run a command or sleep for each, until stopped.",
            "The command finds its assignment in ASSIGNMENT_ID, _GROUP, _JOB, _KIND, _TASK, _ATTEMPT and _SESSION."
        })
public final class WorkCommand implements Callable<Integer> {
    private static final RetryPolicy DEFAULT = RetryPolicy.DEFAULT;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Parameters(paramLabel = "COMMAND", description = "The command and its arguments, after --; without one, sleep.")
    private List<String> command = new ArrayList<>();

    @Option(
            names = "--sleep",
            paramLabel = "SECONDS",
            defaultValue = "0.1",
            description = "How long to sleep where there is no command (default: ${DEFAULT-VALUE}).")
    private double sleep;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many assignments to run at once (default: ${DEFAULT-VALUE}).")
    private int slots;

    @Option(
            names = "--tries",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often to run a command that fails (default: ${DEFAULT-VALUE}).")
    private int tries;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        require(slots >= 1 && slots <= 1000, "--slots=" + slots + ": must be a whole number from 1 to 1000");
        require(tries >= 1, "--tries=" + tries + ": must be a whole number from 1 on");
        require(sleep >= 0 && sleep <= 1e6, "--sleep=" + sleep + ": must be a number of seconds from 0 to 1000000");
        AssignmentHandler work = command.isEmpty() ? sleeping() : new CommandWork(command);
        LayeredSettings settings = options.load();
        SchedulerConfig config = Requirements.withKafkaAndRegistry(settings);
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            topics.check();
        }
        try (StopSignal stop = new StopSignal(OptionalInt.of(0));
                ExecutionManager manager = ExecutionManager.builder()
                        .settings(settings.values())
                        .parallelism(slots)
                        .retries(new RetryPolicy(tries, DEFAULT.firstDelay(), DEFAULT.maxDelay()))
                        .handler(work)
                        .listener(new WorkLog(spec.commandLine().getOut()))
                        .start()) {
            say("working with " + slots + " slots in group " + config.dispatchGroup());
            CompletableFuture.anyOf(
                            stop.given().toCompletableFuture(),
                            manager.stopped().toCompletableFuture())
                    .get();
        }
        return 0;
    }

    private AssignmentHandler sleeping() {
        Duration time = Duration.ofNanos((long) (sleep * 1e9));
        return (assignment, context) -> context.awaitCancelled(time);
    }

    private void require(boolean right, String otherwise) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
