package io.yardmaster.app.cli;

import io.yardmaster.app.access.Role;
import io.yardmaster.app.jobs.GraphSender;
import io.yardmaster.app.jobs.JobFollower;
import io.yardmaster.app.jobs.JobIds;
import io.yardmaster.app.jobs.JobProgress;
import io.yardmaster.app.jobs.JobState;
import io.yardmaster.app.jobs.SubmittedJob;
import io.yardmaster.app.jobs.WorkflowGraph;
import io.yardmaster.app.storage.EventSender;
import io.yardmaster.app.storage.ReadyEventsCsv;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.workflow.InvalidInputException;
import io.yardmaster.app.workflow.WfFormat;
import io.yardmaster.app.workflow.WorkflowBounds;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands workflows to a running scheduler as graphs, and says what becomes of them. */
@Command(
        name = "submit",
        description = {
            "Submit work to a running scheduler. All files are checked before anything is sent.",
            "A workflow becomes a job: the scheduler gets its graph as a whole, and runs each task when those before it are done.",
            "This command prints how far the job is and how it ends; the job does not need it, and goes on without.",
            "A task that fails more often than it is tried makes its job fail: the task and the reason are printed, running",
            "tasks of the job are killed, and its cleanup task runs. The execution managers must write outcomes.",
            "If the scheduler refuses a job, because its id is in use for instance, the reason is printed.",
            "Exit code 0 if all jobs are done, 1 if one failed, was cancelled or was refused.",
            "The events of a .csv file are sent as they are. Its columns: resource_group_id, job_id, session_id,",
            "task_index (or task_indices: 0-99;120), and if wanted attempt and lane (ready, commit or cleanup)."
        })
public final class SubmitCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofMillis(50);
    /** A graph that was sent just now is known when the scheduler has read it. */
    private static final Duration UNTIL_KNOWN = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Workflows in WfFormat 1.5 or 1.6, or .csv files of events.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--resource-group",
            paramLabel = "ID",
            defaultValue = "1",
            description = "The resource group of the workflows (default: ${DEFAULT-VALUE}).")
    private long resourceGroup;

    @Option(
            names = "--job",
            paramLabel = "ID",
            description = "Job id of the first workflow; the next ones count up (default: random).")
    private Optional<Long> firstJob = Optional.empty();

    @Option(
            names = "--attempts",
            paramLabel = "N",
            defaultValue = "1",
            description = "Attempts of a task before its job fails (default: ${DEFAULT-VALUE}).")
    private int attempts;

    @Option(
            names = "--detach",
            description = "End as soon as the scheduler has taken all jobs, with exit code 0, or has refused one.")
    private boolean detach;

    @Option(
            names = "--follow",
            description = {
                "Send nothing, and follow workflows that were submitted as --job before, from what the topics still hold. The files",
                "must be the same. Exit code 1 also if nothing is known of a job, and does not become so within 5 s."
            })
    private boolean follow;

    @Override
    public Integer call() throws InterruptedException {
        List<SubmittedJob> jobs = new ArrayList<>();
        Map<Long, Path> workflows = new HashMap<>();
        List<Path> tables = new ArrayList<>();
        long events = 0;
        WorkflowBounds bounds = new WorkflowBounds();
        long nextJob = firstJob.orElseGet(() -> JobIds.first(new SecureRandom(), files.size()));
        requireSense(nextJob);
        for (Path file : files) {
            if (isTable(file.toString())) {
                requireRegular(file);
                tables.add(file);
                events += ReadyEventsCsv.forEach(file, event -> {});
            } else {
                workflows.put(nextJob, file);
                jobs.add(new SubmittedJob(nextJob++, resourceGroup, WfFormat.read(file, bounds)));
            }
        }
        SchedulerConfig config = Requirements.withKafkaAndRegistry(options.load());
        List<WorkflowGraph> graphs = follow
                ? List.of()
                : jobs.stream()
                        .map(job -> new WorkflowGraph(
                                workflows.get(job.id()).toString(), job, attempts, GraphSender.partBytes(config)))
                        .toList();
        checkTopics(config, !tables.isEmpty(), !jobs.isEmpty());
        if (!tables.isEmpty()) {
            try (EventSender lanes = new EventSender(config)) {
                tables.forEach(table -> ReadyEventsCsv.forEach(table, lanes));
                lanes.flush();
            }
            say("sent " + events + " events");
        }
        return jobs.isEmpty() || submit(jobs, workflows, graphs, config) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void requireSense(long first) {
        require(!follow || firstJob.isPresent(), "--follow: needs --job, the id that the first workflow got");
        require(!follow || !detach, "--follow and --detach: only one of them makes sense");
        require(
                !follow || files.stream().noneMatch(file -> isTable(file.toString())),
                "--follow: sends nothing, and events of a .csv file cannot be followed");
        require(
                attempts >= 1 && attempts <= GraphLimits.ATTEMPTS,
                "--attempts=" + attempts + ": must be a whole number from 1 to " + GraphLimits.ATTEMPTS);
        require(
                first <= Long.MAX_VALUE - files.size() + 1,
                "--job=" + first + ": leaves no ids for " + files.size() + " files");
    }

    private void require(boolean right, String otherwise) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    /** A CSV file is read twice, so that all of it is checked before any event is sent, and need not fit in memory. */
    private static void requireRegular(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new InvalidInputException(file + ": is no regular file, and would have to be read twice");
        }
    }

    private static void checkTopics(SchedulerConfig config, boolean sendsEvents, boolean sendsGraphs) {
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            if (sendsEvents) {
                topics.check(Role.PRODUCER);
            }
            if (sendsGraphs) {
                topics.check(Role.SUBMITTER);
            }
        }
    }

    /** Returns whether all jobs are done or, if nobody wants to wait for that, accepted. */
    private boolean submit(
            List<SubmittedJob> jobs, Map<Long, Path> workflows, List<WorkflowGraph> graphs, SchedulerConfig config)
            throws InterruptedException {
        SubmissionView view = new SubmissionView(
                spec.commandLine().getOut(), spec.commandLine().getErr(), System::nanoTime);
        String sender = UUID.randomUUID().toString();
        try (StopSignal stop = new StopSignal(OptionalInt.empty());
                JobFollower follower = new JobFollower(
                        config,
                        jobs,
                        follow ? Optional.empty() : Optional.of(sender),
                        view::complain,
                        System::nanoTime)) {
            if (follow) {
                follower.past();
                awaitKnown(follower, stop.given().toCompletableFuture()::isDone);
                if (!follower.unknown().isEmpty()) {
                    follower.unknown().forEach(job -> view.complain(unknown(job)));
                    return false;
                }
            }
            jobs.forEach(job -> say(announcement(job)));
            if (follow) {
                view.totals(follower.progress(), follower::kinds);
            } else {
                send(graphs, config, sender);
            }
            CompletableFuture<Void> stopped = stop.given().toCompletableFuture();
            watch(follower, view, stopped::isDone);
            return conclude(follower.progress(), workflows);
        }
    }

    private static void awaitKnown(JobFollower follower, BooleanSupplier stopped) {
        long begun = System.nanoTime();
        while (!follower.unknown().isEmpty()
                && !stopped.getAsBoolean()
                && System.nanoTime() - begun < UNTIL_KNOWN.toNanos()) {
            follower.poll(LOOK);
        }
    }

    private static String unknown(long job) {
        return "job %s is not known: the topics hold no event and no outcome of it, and none came within %s s"
                .formatted(job, UNTIL_KNOWN.toSeconds());
    }

    private String announcement(SubmittedJob job) {
        String what = "job %s is %s: %s tasks"
                .formatted(
                        job.id(), job.workflow().name(), job.workflow().tasks().size());
        return follow ? what : what + ", resource group " + job.resourceGroup();
    }

    private static void send(List<WorkflowGraph> graphs, SchedulerConfig config, String sender)
            throws InterruptedException {
        try (GraphSender lane = new GraphSender(config, sender)) {
            for (WorkflowGraph graph : graphs) {
                lane.send(graph.parts());
            }
        }
    }

    private void watch(JobFollower follower, SubmissionView view, BooleanSupplier stopped) {
        do {
            follower.poll(LOOK);
            view.show(follower.news(), follower.progress(), follower::kinds);
        } while (!stopped.getAsBoolean() && !follower.progress().stream().allMatch(this::isAwaitedNoMore));
    }

    private boolean isAwaitedNoMore(JobProgress job) {
        return job.state().isFinal() || (detach && job.state() != JobState.UNKNOWN);
    }

    private boolean conclude(List<JobProgress> ends, Map<Long, Path> workflows) {
        boolean good = true;
        for (JobProgress job : ends) {
            boolean goesOn = !job.state().isFinal();
            if (goesOn) {
                String fact = job.state() == JobState.UNKNOWN ? "was sent, and goes on" : "goes on";
                say("job %s %s by itself; to follow it: %s"
                        .formatted(
                                job.job().id(),
                                fact,
                                following(
                                        job.job().id(), workflows.get(job.job().id()))));
            }
            good &= job.state() == JobState.DONE || (detach && goesOn && job.state() != JobState.UNKNOWN);
        }
        return good;
    }

    /** The command that follows a job again, without the settings, which may hold secrets. */
    private static String following(long job, Path path) {
        String file = path.toString();
        String word = file.matches("[\\w./+,@%-]+") ? file : "'" + file.replace("'", "'\\''") + "'";
        return "yardmaster submit --follow --job=%s %s (and the same settings)".formatted(job, word);
    }

    private static boolean isTable(String file) {
        return file.toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
