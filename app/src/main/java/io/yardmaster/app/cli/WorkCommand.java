package io.yardmaster.app.cli;

import io.yardmaster.app.access.Role;
import io.yardmaster.app.log.Logs;
import io.yardmaster.app.settings.LayeredSettings;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.work.CommandTemplate;
import io.yardmaster.app.work.CommandWork;
import io.yardmaster.app.work.HostAmounts;
import io.yardmaster.app.work.OutputDirectory;
import io.yardmaster.app.work.StageWork;
import io.yardmaster.app.work.WorkLog;
import io.yardmaster.client.AssignmentHandler;
import io.yardmaster.client.ExecutionManager;
import io.yardmaster.client.ExecutionManagerBuilder;
import io.yardmaster.client.HostProfile;
import io.yardmaster.client.RetryPolicy;
import io.yardmaster.topology.config.Labels;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs an execution manager. */
@Command(
        name = "work",
        description = {
            "Take assignments as one of the group, or with --host those that name this host, and run a command or sleep for each,",
            "until stopped.",
            "Exit code 0 of the command means done, 75 that it cannot run the task here and now, which refuses it: the",
            "scheduler offers it again later. Any other is tried again, --tries times in all; then the assignment is printed",
            "as failed and committed like a done one, and runs again only with a higher attempt, which the graph of its job",
            "may allow, or which its storage may send.",
            "Before an assignment is committed, the way in which it ended is written to the topic of outcomes. A task that has",
            "a timeout is ended, and has failed, when it has run for so long, all its tries together.",
            "A command has a process group of its own, and no process of it outlives its assignment: processes that are left",
            "when the command has ended, or when a kill, a timeout, a new session or SIGTERM to this program ends the",
            "assignment, get SIGTERM and, --grace later, SIGKILL. On SIGTERM this program first waits 10 seconds for assignments that run."
        })
public final class WorkCommand implements Callable<Integer> {
    private static final RetryPolicy DEFAULT = RetryPolicy.DEFAULT;
    private static final double DEFAULT_SLEEP = 0.1;
    private static final int DEFAULT_TRIES = 3;
    private static final int DEFAULT_PARALLEL = 4;
    private static final int MOST_PARALLEL = 1_000;
    /**
     * A host ends its tasks when Kafka has not heard of it for 25 s, and after 40 s the scheduler gives them to others: its commands have
     * ended by then, with some seconds to spare.
     */
    private static final int MOST_HOST_GRACE = 12;

    private static final String DEFAULT_OUTPUT = "yardmaster-output";
    private static final int DEFAULT_OUTPUT_LIMIT = 10;
    private static final int MEGABYTE = 1 << 20;

    /** After SIGKILL, this program waits so long for a command to end. */
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    /** Time for assignments that run on, for the end of a command, and for leaving the group; the grace comes on top. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @ArgGroup
    private Work work = new Work();

    private static final class Work {
        @Option(
                names = "--exec",
                paramLabel = "COMMAND",
                description = {
                    "The command to run, such as 'make job-{job} TASK={task}': words and quotes as in a shell, but no",
                    "shell runs it unless it is one. {job}, {task} (-1 for a job's commit or cleanup task), {kind}"
                            + " (TASK,",
                    "COMMIT or CLEANUP), {attempt}, {group} (the resource group), {session} and {id} are replaced, and"
                            + " are",
                    "in the environment as ASSIGNMENT_JOB and so on. {{job} is {job} itself."
                })
        private Optional<String> command = Optional.empty();

        @Option(
                names = "--run",
                description = {
                    "Run the command that each task's stage has in a YAML file of submit, in a shell (sh -c) in this directory.",
                    "{index} (the number of the task in its stage), {stage}, {tasks} (of the stage) and the names of --exec",
                    "are replaced, and are in the environment as ASSIGNMENT_INDEX and so on; ASSIGNMENT_OUTPUT is the job's",
                    "directory under --output. Other braces are the shell's. A task without a command fails; a job's commit",
                    "and cleanup tasks have none, and are done at once. The last line of stderr is the reason of a failure."
                })
        private boolean run;

        @Option(
                names = "--sleep",
                paramLabel = "SECONDS",
                description = "Time to sleep instead (default: " + DEFAULT_SLEEP + ").")
        private double sleep = DEFAULT_SLEEP;
    }

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = {
                "Directory for the output of --run (default: " + DEFAULT_OUTPUT
                        + "). Attempt 0 of task 7 of stage render",
                "in job 42 leaves 42/render/7.0.out and 7.0.err, and 7.0.exit with its exit code if it has ended by itself."
            })
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--output-limit",
            paramLabel = "MB",
            description =
                    "Most that is kept of an output of --run: of a longer one the beginning, a line that says how much"
                            + " is left out, and the last 8 KB (default: " + DEFAULT_OUTPUT_LIMIT + ").")
    private Optional<Integer> outputLimit = Optional.empty();

    @Mixin
    private HostOptions hostOptions;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Assignments to run at once (default: " + DEFAULT_PARALLEL
                    + "; with --host as many as the host has cpu).")
    private Optional<Integer> givenParallel = Optional.empty();

    @Option(
            names = "--pool",
            paramLabel = "NAME",
            description =
                    "Take the assignments of a pool, which stages of graphs name. Short for --set dispatch.pool=NAME.")
    private Optional<String> pool = Optional.empty();

    @Option(
            names = "--share",
            description = "Work in a share group: a long assignment holds up none behind it. Short for "
                    + "--set dispatch.group.type=share, which the scheduler needs, too.")
    private boolean share;

    @Option(
            names = "--tries",
            paramLabel = "N",
            description = "Runs of a command that fails, in all (default: " + DEFAULT_TRIES
                    + "; with --run 1, as the stage says how often it is tried).")
    private Optional<Integer> givenTries = Optional.empty();

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description =
                    "Time of a command's processes from SIGTERM to SIGKILL (default: ${DEFAULT-VALUE}; with --host at most "
                            + MOST_HOST_GRACE + ").")
    private int graceSeconds;

    @Option(
            names = "--no-outcomes",
            description =
                    "Write no outcomes: the scheduler takes an assignment for ended when it is committed, and a task of a"
                            + " graph for succeeded, and offers a refused one to nobody.")
    private boolean withoutOutcomes;

    @Override
    public Integer call() throws Exception {
        Optional<HostProfile> host = hostOptions.profile(spec.commandLine());
        int parallel = givenParallel.orElse(
                host.map(each -> HostAmounts.tasks(each.total(), MOST_PARALLEL)).orElse(DEFAULT_PARALLEL));
        require(
                parallel >= 1 && parallel <= MOST_PARALLEL,
                "--parallel=" + parallel + ": must be a whole number from 1 to " + MOST_PARALLEL);
        require(host.isEmpty() || pool.isPresent(), "--host: a host is one of a pool, see --pool");
        require(host.isEmpty() || !share, "--share: a host is in no group");
        require(host.isEmpty() || !withoutOutcomes, "--no-outcomes: a host must say how its tasks ended");
        int tries = givenTries.orElse(work.run ? 1 : DEFAULT_TRIES);
        require(tries >= 1, "--tries=" + tries + ": must be a whole number from 1 on");
        require(work.run || output.isEmpty(), "--output: only --run keeps any output");
        require(work.run || outputLimit.isEmpty(), "--output-limit: only --run keeps any output");
        int limit = outputLimit.orElse(DEFAULT_OUTPUT_LIMIT);
        require(
                limit >= 0 && limit <= 1000,
                "--output-limit=" + limit + ": must be a whole number of megabytes from 0 to 1000");
        require(
                graceSeconds >= 0 && graceSeconds <= 120,
                "--grace=" + graceSeconds + ": must be a whole number of seconds from 0 to 120");
        require(
                host.isEmpty() || graceSeconds <= MOST_HOST_GRACE,
                "--grace=" + graceSeconds + ": a host's commands must end within " + MOST_HOST_GRACE
                        + " seconds, before others get its tasks");
        Duration grace = Duration.ofSeconds(graceSeconds);
        Optional<CommandTemplate> command = work.command.map(this::parsed);
        AssignmentHandler sleep = sleeping();
        Optional<OutputDirectory> outputs = work.run ? Optional.of(outputs(limit)) : Optional.empty();
        LayeredSettings given = options.load();
        Logs.use(given.read(Settings.LOG_FORMAT::in));
        LayeredSettings settings = withOptions(given);
        SchedulerConfig config = Requirements.withKafkaAndRegistry(settings)
                .inPool(settings.values().getOrDefault(Settings.DISPATCH_POOL.key(), ""));
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            topics.check(
                    host.isPresent()
                            ? Role.HOST
                            : withoutOutcomes ? Role.SILENT_EXECUTION_MANAGER : Role.EXECUTION_MANAGER);
        }
        try (StopSignal stop = new StopSignal(OptionalInt.of(0), grace.plus(STOP_LIMIT));
                CommandWork commands = command.isPresent() ? CommandWork.start(command.get(), grace) : null;
                StageWork stages = outputs.isPresent() ? StageWork.start(outputs.get(), grace) : null;
                ExecutionManager manager = described(settings, grace, tries, parallel, host)
                        .handler(commands != null ? commands : stages != null ? stages : sleep)
                        .start()) {
            say(host.map(each -> "working as host %s with %s, %s at a time"
                            .formatted(each.name(), new TreeMap<>(each.total()), parallel))
                    .orElseGet(() -> "working in %s group %s, %s at a time"
                            .formatted(Labels.of(config.dispatchGroupType()), config.dispatchGroup(), parallel)));
            CompletableFuture.anyOf(
                            stop.given().toCompletableFuture(),
                            manager.stopped().toCompletableFuture())
                    .get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        return 0;
    }

    private LayeredSettings withOptions(LayeredSettings given) {
        LayeredSettings ofKind = share ? given.with(Settings.DISPATCH_GROUP_TYPE.key(), "share", "--share") : given;
        return pool.isEmpty() ? ofKind : ofKind.with(Settings.DISPATCH_POOL.key(), pool.get(), "--pool");
    }

    private ExecutionManagerBuilder described(
            LayeredSettings settings, Duration grace, int tries, int parallel, Optional<HostProfile> host) {
        ExecutionManagerBuilder described = ExecutionManager.builder()
                .settings(settings.values())
                .parallelism(parallel)
                .retries(new RetryPolicy(tries, DEFAULT.firstDelay(), DEFAULT.maxDelay()))
                .cancelGrace(grace.plus(END_LIMIT))
                .listener(new WorkLog(spec.commandLine().getOut()));
        host.ifPresent(profile -> described.host(profile, System.currentTimeMillis()));
        return withoutOutcomes ? described.withoutOutcomes() : described;
    }

    private CommandTemplate parsed(String command) {
        try {
            return CommandTemplate.parse(command);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--exec: " + e.getMessage());
        }
    }

    private OutputDirectory outputs(int limit) {
        Path directory = output.orElse(Path.of(DEFAULT_OUTPUT));
        try {
            return OutputDirectory.open(directory, limit * MEGABYTE);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "--output=" + directory + ": nothing can be kept there: " + e.getMessage());
        }
    }

    private AssignmentHandler sleeping() {
        double seconds = work.sleep;
        require(
                seconds >= 0 && seconds <= 1e6,
                "--sleep=" + seconds + ": must be a number of seconds from 0 to 1000000");
        Duration time = Duration.ofNanos((long) (seconds * 1e9));
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
