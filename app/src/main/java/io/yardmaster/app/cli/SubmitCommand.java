package io.yardmaster.app.cli;

import io.yardmaster.app.access.Role;
import io.yardmaster.app.storage.CancellationFollower;
import io.yardmaster.app.storage.CompletionFollower;
import io.yardmaster.app.storage.EventSender;
import io.yardmaster.app.storage.FollowedJobs;
import io.yardmaster.app.storage.JobIds;
import io.yardmaster.app.storage.KafkaClients;
import io.yardmaster.app.storage.KnownSession;
import io.yardmaster.app.storage.OutcomeFollower;
import io.yardmaster.app.storage.ReadyEventsCsv;
import io.yardmaster.app.storage.SchedulerNews;
import io.yardmaster.app.storage.Submission;
import io.yardmaster.app.storage.SubmittedJob;
import io.yardmaster.app.storage.TakenOffsets;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.workflow.InvalidInputException;
import io.yardmaster.app.workflow.WfFormat;
import io.yardmaster.app.workflow.WorkflowBounds;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.EventDetail;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays the storage for a running scheduler: reports which tasks are ready. */
@Command(
        name = "submit",
        description = {
            "Submit work to a running scheduler. All files are checked before anything is sent.",
            "A workflow becomes a job: this command reports its tasks as they become ready, and must run until the job is done.",
            "A task has ended when the execution manager that had it has written its outcome. If it failed or was killed, its",
            "job fails: the task and the reason are printed, no further task of the job becomes ready, its cleanup task runs, and the",
            "exit code is 1 when all other jobs have ended, too. A refused task has not ended, and is offered again. Without an outcome a task",
            "counts as done when the execution managers' group has committed it, or in a share group acknowledged it and all before it.",
            "A job that is cancelled fails, too: who cancelled it and why is printed (not with the scheduler's setting events=none).",
            "If the scheduler refuses a job, because its id is in use for instance, the reason is printed and the exit code is 1.",
            "The events of a .csv file are sent as they are. Its columns: resource_group_id, job_id, session_id,",
            "task_index (or task_indices: 0-99;120), and if wanted attempt and lane (ready, commit or cleanup)."
        })
public final class SubmitCommand implements Callable<Integer> {
    private static final long FIRST_SESSION = 1;

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
            names = "--resume",
            description = {
                "Go on with workflows that were submitted as --job and not followed to their end, as after Ctrl-C, which prints",
                "the command. Tasks that have ended in this session are not run again. The files must be the same."
            })
    private boolean resume;

    @Option(
            names = "--session",
            paramLabel = "N",
            description = "Session of the workflows (default: the newest that the scheduler knows, or 1).")
    private Optional<Long> session = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        List<SubmittedJob> jobs = new ArrayList<>();
        List<Path> tables = new ArrayList<>();
        long events = 0;
        WorkflowBounds bounds = new WorkflowBounds();
        long nextJob = firstJob.orElseGet(() -> JobIds.first(new SecureRandom(), files.size()));
        requireIds(nextJob);
        for (Path file : files) {
            if (isTable(file.toString())) {
                requireRegular(file);
                tables.add(file);
                events += ReadyEventsCsv.forEach(file, event -> {});
            } else {
                jobs.add(new SubmittedJob(nextJob++, resourceGroup, WfFormat.read(file, bounds)));
            }
        }
        SchedulerConfig config = Requirements.withKafkaAndRegistry(options.load());
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            topics.check(jobs.isEmpty() ? Role.PRODUCER : Role.STORAGE);
        }
        String sender = UUID.randomUUID().toString();
        try (EventSender lanes = new EventSender(config, sender)) {
            if (!tables.isEmpty()) {
                tables.forEach(table -> ReadyEventsCsv.forEach(table, lanes));
                lanes.flush();
                say("sent " + events + " events");
            }
            return jobs.isEmpty() || submit(jobs, config, lanes) ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private void requireIds(long first) {
        if (resume && firstJob.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--resume: needs --job, the id that the first workflow got");
        }
        if (first > Long.MAX_VALUE - files.size() + 1) {
            throw new ParameterException(
                    spec.commandLine(), "--job=" + first + ": leaves no ids for " + files.size() + " files");
        }
    }

    /** A CSV file is read twice, so that all of it is checked before any event is sent, and need not fit in memory. */
    private static void requireRegular(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new InvalidInputException(file + ": is no regular file, and would have to be read twice");
        }
    }

    /** Returns whether all jobs are done. */
    private boolean submit(List<SubmittedJob> jobs, SchedulerConfig config, EventSender lanes)
            throws InterruptedException {
        long newest = newestSession(config);
        long current = session.orElse(newest);
        if (current < newest) {
            throw new InvalidInputException(
                    "--session=" + current + ": is over, as session " + newest + " has begun; nothing was sent");
        }
        Set<Long> ours = jobs.stream().map(SubmittedJob::id).collect(Collectors.toSet());
        FollowedJobs followed = new FollowedJobs(current, ours);
        try (StopSignal stop = new StopSignal(OptionalInt.empty());
                Serde<TaskAssignment> serde = ValueSerdes.of(Topic.DISPATCH, config.serde());
                Serde<TaskOutcome> outcomeSerde = ValueSerdes.of(Topic.OUTCOMES, config.serde());
                Admin admin = Admin.create(KafkaClients.admin(config.kafka()));
                SchedulerNews news = new SchedulerNews(
                        bytesReader(config),
                        config.topics().deadLetter(),
                        config.topics().of(Topic.SESSIONS));
                CancellationFollower cancellations = new CancellationFollower(config, followed);
                OutcomeFollower outcomes = new OutcomeFollower(
                        bytesReader(config),
                        config.topics().of(Topic.OUTCOMES),
                        outcomeSerde.deserializer(),
                        followed);
                CompletionFollower completions = new CompletionFollower(
                        new KafkaConsumer<>(
                                KafkaClients.reader(config.kafka()), new ByteArrayDeserializer(), serde.deserializer()),
                        config.topics().of(Topic.DISPATCH),
                        outcomes,
                        TakenOffsets.of(config, admin),
                        followed)) {
            for (SubmittedJob job : jobs) {
                say("job %s is %s: %s tasks, resource group %s, session %s"
                        .formatted(
                                job.id(),
                                job.workflow().name(),
                                job.workflow().tasks().size(),
                                job.resourceGroup(),
                                current));
            }
            SubmissionView view = new SubmissionView(
                    jobs, spec.commandLine().getOut(), spec.commandLine().getErr(), System::nanoTime);
            if (config.events() == EventDetail.NONE) {
                view.eventsAreOff();
            }
            Submission submission = new Submission(jobs, current, lanes, completions, news, cancellations, view);
            CompletableFuture<Void> stopped = stop.given().toCompletableFuture();
            boolean done = resume ? submission.resume(stopped::isDone) : submission.run(stopped::isDone);
            if (stopped.isDone() && !done) {
                submission
                        .unfinished()
                        .forEach(job -> say("job " + job + " is not done; to go on: " + resuming(jobs, job)));
            }
            return done;
        }
    }

    /** The command that goes on with a job, without the settings, which may hold secrets. */
    private String resuming(List<SubmittedJob> jobs, long job) {
        List<String> workflows = files.stream()
                .map(Path::toString)
                .filter(file -> !isTable(file))
                .toList();
        String file = workflows.get((int) (job - jobs.get(0).id()));
        String word = file.matches("[\\w./+,@%-]+") ? file : "'" + file.replace("'", "'\\''") + "'";
        return "yardmaster submit --resume --job=%s --resource-group=%s %s (and the same settings)"
                .formatted(job, resourceGroup, word);
    }

    private static boolean isTable(String file) {
        return file.toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    private static KafkaConsumer<byte[], byte[]> bytesReader(SchedulerConfig config) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        return new KafkaConsumer<>(KafkaClients.reader(config.kafka()), bytes, bytes);
    }

    private static long newestSession(SchedulerConfig config) {
        try (KafkaConsumer<byte[], byte[]> reader = bytesReader(config)) {
            return KnownSession.read(reader, config.topics().of(Topic.SESSIONS)).orElse(FIRST_SESSION);
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
