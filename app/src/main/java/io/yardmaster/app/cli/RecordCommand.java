package io.yardmaster.app.cli;

import io.yardmaster.app.access.Role;
import io.yardmaster.app.recording.RecordingSpan;
import io.yardmaster.app.recording.TopicRecorder;
import io.yardmaster.app.settings.SettingsException;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.replay.recording.RecordedTopic;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Records the topics of a deployment. */
@Command(
        name = "record",
        description = {
            "Record a deployment into a new file: events, graphs, commands, outcomes, the policy, sessions, assignments and changes of",
            "hosts, with the settings that have a say in their order. Give it the settings of the scheduler. Kafka deletes records some",
            "time after they were taken (the setting keep.taken), and heartbeats of hosts after an hour: --follow records them as they",
            "come."
        })
public final class RecordCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Parameters(paramLabel = "FILE", description = "The file to make; its name usually ends in .jsonl.gz.")
    private Path file;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only records from then on: " + PointInTime.ALLOWED
                    + " (default: all that Kafka has; with --follow: those to come).")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Only records up to then (default: all that Kafka has; with --follow: until Ctrl-C).")
    private Optional<String> to = Optional.empty();

    @Option(
            names = "--follow",
            description =
                    "Go on with records as they come. A process that is killed leaves a file that lacks two seconds at most.")
    private boolean follow;

    @Option(
            names = "--payloads",
            description =
                    "Keep the payloads of stages and assignments, which may hold secrets (default: they are left out).")
    private boolean payloads;

    @Override
    public Integer call() throws IOException {
        long now = System.currentTimeMillis();
        RecordingSpan span = PointInTime.span(spec, from, to, follow, now);
        SchedulerConfig config = Requirements.withKafkaAndRegistry(options.load());
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            topics.check(Role.RECORDER);
        }
        try (StopSignal stop = new StopSignal(OptionalInt.of(ExitCode.OK));
                TopicRecorder recorder = new TopicRecorder(config, span, payloads, this::notice)) {
            CompletableFuture<Void> given = stop.given().toCompletableFuture();
            OutputStream out = open();
            if (follow) {
                print(spec.commandLine().getOut(), "recording into " + file + " until " + to.orElse("Ctrl-C"));
            }
            print(spec.commandLine().getOut(), summary(recorder.record(out, Version.text(), given::isDone)));
        }
        return ExitCode.OK;
    }

    private OutputStream open() {
        try {
            return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new SettingsException(file + ": exists already");
        } catch (NoSuchFileException e) {
            throw new SettingsException(file + ": its directory does not exist");
        } catch (IOException e) {
            throw new SettingsException(file + ": cannot be written: " + e.getMessage());
        }
    }

    private String summary(Map<RecordedTopic, Long> counts) {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        return "recorded %s records into %s%s"
                .formatted(
                        all,
                        file,
                        all == 0
                                ? ""
                                : counts.entrySet().stream()
                                        .map(topic -> topic.getKey().id() + " " + topic.getValue())
                                        .collect(Collectors.joining(", ", ": ", "")));
    }

    private void notice(String line) {
        print(spec.commandLine().getErr(), "yardmaster: " + line);
    }

    private static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
