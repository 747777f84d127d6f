package io.yardmaster.app.cli;

import io.yardmaster.app.access.Role;
import io.yardmaster.app.cli.SubmittedFiles.PlannedFile;
import io.yardmaster.app.jobfile.InputKind;
import io.yardmaster.app.jobs.GraphDrawing;
import io.yardmaster.app.jobs.GraphSender;
import io.yardmaster.app.jobs.JobIds;
import io.yardmaster.app.jobs.PlannedGraph;
import io.yardmaster.app.jobs.PlannedJob;
import io.yardmaster.app.jobs.SubmittedGraphs;
import io.yardmaster.app.settings.LayeredSettings;
import io.yardmaster.app.storage.EventSender;
import io.yardmaster.app.storage.ReadyEventsCsv;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.workflow.InvalidInputException;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands jobs to a running scheduler as graphs, and says what becomes of them. */
@Command(
        name = "submit",
        description = {
            "Submit work to a running scheduler. All files are checked before anything is sent.",
            "A file becomes a job: the scheduler gets its graph as a whole, and runs each task when those before it are done.",
            "This command prints how far the job is by stages, how it ends, and then a table of its stages; the job does not",
            "need it, and goes on without. A task that fails more often than it is tried makes its job fail: the task and the",
            "reason are printed, running tasks of the job are killed, and its cleanup task runs if it has one. The execution",
            "managers must write outcomes. If the scheduler refuses a job, because its id is in use for instance, the",
            "reason is printed. Exit code 0 if all jobs are done, 1 if one failed, was cancelled or was refused, 2 if a file",
            "is wrong: each mistake in it is a line.",
            "A job in YAML:",
            "  job: nightly              # and, if wanted, group: 7, priority: 5, on_failure: stop or continue",
            "  stages:",
            "    split:   { run: ./split.sh }",
            "    render:  { tasks: 200, after: split, run: \"./render.sh {index}\", attempts: 3, timeout: 10m }",
            "    check:   { tasks: 200, after: { stage: render, each: true }, run: \"./check.sh {index}\" }",
            "    publish: { after: check, run: ./publish.sh }",
            "Other keys of a stage: when (all, any or ended), backoff (the time before the second attempt), priority, pool and needs;",
            "and in a pool that places tasks on hosts, labels and gang.",
            "docs/job.schema.json describes all of it for editors.",
            "The events of a .csv file are sent as they are. Its columns: resource_group_id, job_id, session_id,",
            "task_index (or task_indices: 0-99;120), and if wanted attempt and lane (ready, commit or cleanup)."
        })
public final class SubmitCommand implements Callable<Integer> {
    private static final long DEFAULT_GROUP = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "Jobs in YAML (.yaml, .yml), workflows in WfFormat 1.5 or 1.6 (.json), or .csv files of events.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--resource-group",
            paramLabel = "ID",
            description =
                    "The resource group of the jobs (default: the one that the file names, or " + DEFAULT_GROUP + ").")
    private Optional<Long> resourceGroup = Optional.empty();

    @Option(
            names = "--job",
            paramLabel = "ID",
            description = "Job id of the first file; the next ones count up (default: random).")
    private Optional<Long> firstJob = Optional.empty();

    @Option(
            names = "--attempts",
            paramLabel = "N",
            description =
                    "Attempts of a task of a workflow before its job fails (default: 1). A job in YAML says that itself.")
    private Optional<Integer> attempts = Optional.empty();

    @Option(
            names = "--dry-run",
            description = {
                "Send nothing, and need no Kafka: draw the graph of each file, its stages by level and its critical path, and",
                "name all that would be refused, with exit code 2."
            })
    private boolean dryRun;

    @Option(
            names = "--detach",
            description = "End as soon as the scheduler has taken all jobs, with exit code 0, or has refused one.")
    private boolean detach;

    @Option(
            names = "--follow",
            paramLabel = "JOB",
            description = {
                "Send nothing, and follow a job that was submitted before, from what the topics still hold. Without a file its",
                "graph must be among that. With several files, the same as before, JOB is the first one's. Exit code 1 also if",
                "nothing is known of a job, and does not become so within 5 s."
            })
    private Optional<Long> follow = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        int count = Math.max(1, files.size());
        long nextJob = follow.or(() -> firstJob).orElseGet(() -> JobIds.first(new SecureRandom(), count));
        requireSense(nextJob, count);
        LayeredSettings settings = options.load();
        SubmittedFiles read = new SubmittedFiles(attempts.orElse(1));
        if (dryRun) {
            return dryRun(read, settings.scheduler());
        }
        files.forEach(read::read);
        requireUse(read);
        SchedulerConfig config = Requirements.withKafkaAndRegistry(settings);
        List<PlannedJob> jobs = new ArrayList<>();
        Map<Long, Path> paths = new HashMap<>();
        List<PlannedGraph> graphs = new ArrayList<>();
        for (PlannedFile file : read.plans()) {
            PlannedJob job = planned(nextJob++, file);
            paths.put(job.id(), file.path());
            jobs.add(job);
            if (follow.isEmpty()) {
                graphs.add(new PlannedGraph(file.path().toString(), job, GraphSender.partBytes(config)));
            }
        }
        checkTopics(config, !read.tables().isEmpty(), !jobs.isEmpty());
        if (files.isEmpty()) {
            jobs.add(SubmittedGraphs.find(config, follow.orElseThrow()));
        }
        sendEvents(read, config);
        SubmissionView view = new SubmissionView(
                spec.commandLine().getOut(), spec.commandLine().getErr(), System::nanoTime);
        Submission submission = new Submission(config, view, jobs, paths, follow.isPresent(), detach);
        return jobs.isEmpty() || submission.run(graphs) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void requireSense(long first, int count) {
        require(follow.isPresent() || !files.isEmpty(), "Missing required parameter: 'FILE'");
        require(follow.isEmpty() || firstJob.isEmpty(), "--follow and --job: --follow names the job");
        require(follow.isEmpty() || !detach, "--follow and --detach: only one of them makes sense");
        require(follow.isEmpty() || !dryRun, "--follow and --dry-run: only one of them makes sense");
        require(
                follow.isEmpty() || files.stream().noneMatch(file -> InputKind.isEvents(file.toString())),
                "--follow: sends nothing, and events of a .csv file cannot be followed");
        require(
                attempts.isEmpty() || (attempts.get() >= 1 && attempts.get() <= GraphLimits.ATTEMPTS),
                "--attempts=" + attempts.orElse(0) + ": must be a whole number from 1 to " + GraphLimits.ATTEMPTS);
        require(
                first <= Long.MAX_VALUE - count + 1,
                (follow.isPresent() ? "--follow=" : "--job=") + first + ": leaves no ids for " + count + " files");
    }

    private void requireUse(SubmittedFiles read) {
        require(
                attempts.isEmpty() || read.hasWorkflows() || read.plans().isEmpty(),
                "--attempts: is for workflows in WfFormat; a job in YAML has attempts for each stage");
    }

    private void require(boolean right, String otherwise) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private PlannedJob planned(long id, PlannedFile file) {
        long group = resourceGroup.orElseGet(() -> file.plan().terms().group().orElse(DEFAULT_GROUP));
        return new PlannedJob(id, group, file.plan());
    }

    /** Draws files, and goes on behind one that is wrong. */
    private int dryRun(SubmittedFiles read, SchedulerConfig config) {
        List<String> refusals = new ArrayList<>();
        int drawn = 0;
        for (Path file : files) {
            try {
                read.read(file);
                if (read.plans().size() > drawn) {
                    PlannedFile planned = read.plans().get(drawn++);
                    GraphDrawing.of(planned.plan()).forEach(this::say);
                    new PlannedGraph(file.toString(), planned(0, planned), GraphSender.partBytes(config));
                }
            } catch (InvalidInputException e) {
                refusals.add(e.getMessage());
            }
        }
        if (!refusals.isEmpty()) {
            throw new InvalidInputException(String.join("\n", refusals));
        }
        requireUse(read);
        if (!read.tables().isEmpty()) {
            say(read.events() + " events");
        }
        return ExitCode.OK;
    }

    private void checkTopics(SchedulerConfig config, boolean sendsEvents, boolean sendsGraphs) {
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            if (sendsEvents) {
                topics.check(Role.PRODUCER);
            }
            if (files.isEmpty()) {
                topics.check(Role.FOLLOWER);
            } else if (sendsGraphs) {
                topics.check(Role.SUBMITTER);
            }
        }
    }

    private void sendEvents(SubmittedFiles read, SchedulerConfig config) {
        if (!read.tables().isEmpty()) {
            try (EventSender lanes = new EventSender(config)) {
                read.tables().forEach(table -> ReadyEventsCsv.forEach(table, lanes));
                lanes.flush();
            }
            say("sent " + read.events() + " events");
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
