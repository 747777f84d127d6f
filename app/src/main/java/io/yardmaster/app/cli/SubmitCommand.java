package io.yardmaster.app.cli;

import io.yardmaster.app.access.Role;
import io.yardmaster.app.storage.CompletionFollower;
import io.yardmaster.app.storage.EventSender;
import io.yardmaster.app.storage.Job;
import io.yardmaster.app.storage.KafkaClients;
import io.yardmaster.app.storage.NewestSession;
import io.yardmaster.app.storage.ReadyEventsCsv;
import io.yardmaster.app.storage.Submission;
import io.yardmaster.app.storage.TakenOffsets;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.workflow.InvalidInputException;
import io.yardmaster.app.workflow.WfFormat;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says to a running scheduler what is ready. */
@Command(
        name = "submit",
        description = {
            "Submit work to a running scheduler. All files are checked before anything is sent.",
            "A workflow is a job: this command says what is ready until all of it is done, so it must run that long.",
            "A task counts as done when the execution managers' group has taken its assignment for good: when it has",
            "committed it, or in a share group acknowledged it and all before it. So does one that failed on each try.",
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
            description = "Workflows in WfFormat 1.5, or .csv files of events.")
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
            description = "Job id of the first workflow; the next ones count up (default: milliseconds since 1970).")
    private Optional<Long> firstJob = Optional.empty();

    @Option(
            names = "--session",
            paramLabel = "N",
            description = "Session of the workflows (default: the newest that the scheduler knows, or 1).")
    private Optional<Long> session = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        List<Job> jobs = new ArrayList<>();
        List<Path> tables = new ArrayList<>();
        long events = 0;
        long nextJob = firstJob.orElseGet(System::currentTimeMillis);
        for (Path file : files) {
            if (file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
                requireRegular(file);
                tables.add(file);
                events += ReadyEventsCsv.forEach(file, event -> {});
            } else {
                jobs.add(new Job(nextJob++, resourceGroup, WfFormat.read(file)));
            }
        }
        SchedulerConfig config = Requirements.withKafkaAndRegistry(options.load());
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            topics.check(jobs.isEmpty() ? Role.PRODUCER : Role.STORAGE);
        }
        try (EventSender lanes = new EventSender(config)) {
            if (!tables.isEmpty()) {
                tables.forEach(table -> ReadyEventsCsv.forEach(table, lanes));
                lanes.flush();
                say("sent " + events + " events");
            }
            if (!jobs.isEmpty()) {
                submit(jobs, config, lanes);
            }
        }
        return 0;
    }

    /** It is read twice, so that all of it has been checked before any of it is sent, and never has to fit in memory. */
    private static void requireRegular(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new InvalidInputException(file + ": is no regular file, and would have to be read twice");
        }
    }

    private void submit(List<Job> jobs, SchedulerConfig config, EventSender lanes) throws InterruptedException {
        long current = session.orElseGet(() -> newestSession(config));
        Set<Long> ours = jobs.stream().map(Job::id).collect(Collectors.toSet());
        try (Serde<TaskAssignment> serde = ValueSerdes.of(Topic.DISPATCH, config.serde());
                Admin admin = Admin.create(KafkaClients.admin(config.kafka()));
                CompletionFollower fleet = new CompletionFollower(
                        new KafkaConsumer<>(
                                KafkaClients.reader(config.kafka()), new ByteArrayDeserializer(), serde.deserializer()),
                        config.topics().of(Topic.DISPATCH),
                        TakenOffsets.of(config, admin),
                        done -> done.getSessionId() == current && ours.contains(done.getJobId()))) {
            for (Job job : jobs) {
                say("job %s is %s: %s tasks, resource group %s, session %s"
                        .formatted(
                                job.id(),
                                job.workflow().name(),
                                job.workflow().tasks().size(),
                                job.resourceGroup(),
                                current));
            }
            SubmissionView view = new SubmissionView(spec.commandLine().getOut(), System::nanoTime);
            new Submission(jobs, current, lanes, fleet).run(view::show);
        }
    }

    private static long newestSession(SchedulerConfig config) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> reader =
                new KafkaConsumer<>(KafkaClients.reader(config.kafka()), bytes, bytes)) {
            return NewestSession.read(reader, config.topics().of(Topic.SESSIONS))
                    .orElse(FIRST_SESSION);
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
