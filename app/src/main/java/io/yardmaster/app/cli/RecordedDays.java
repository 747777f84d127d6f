package io.yardmaster.app.cli;

import io.yardmaster.app.access.Role;
import io.yardmaster.app.recording.RecordingSpan;
import io.yardmaster.app.recording.TopicRecorder;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The recording of a day that a user names: a file, or a word for a day of which the topics of the deployment have the records. */
final class RecordedDays implements AutoCloseable {
    static final String TODAY = "today";
    static final String YESTERDAY = "yesterday";

    private final Path file;
    private final boolean isTemporary;

    private RecordedDays(Path file, boolean isTemporary) {
        this.file = file;
        this.isTemporary = isTemporary;
    }

    /**
     * Opens the day; one of the topics is recorded into a temporary file.
     *
     * @param now epoch ms
     * @param notices takes a line for each thing about the topics that a user should know
     */
    static RecordedDays of(String name, SettingsOptions options, long now, Consumer<String> notices)
            throws IOException {
        if (!name.equals(TODAY) && !name.equals(YESTERDAY)) {
            return new RecordedDays(Path.of(name), false);
        }
        LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(now), ZoneOffset.UTC);
        long midnight = begin(today);
        RecordingSpan span = name.equals(TODAY)
                ? new RecordingSpan(OptionalLong.of(midnight), OptionalLong.empty(), false)
                : new RecordingSpan(OptionalLong.of(begin(today.minusDays(1))), OptionalLong.of(midnight - 1), false);
        return of(span, name, options, notices);
    }

    /** Opens what the topics of the deployment have of a time, recorded into a temporary file. */
    static RecordedDays between(RecordingSpan span, SettingsOptions options, Consumer<String> notices)
            throws IOException {
        return of(span, "replay", options, notices);
    }

    private static RecordedDays of(RecordingSpan span, String name, SettingsOptions options, Consumer<String> notices)
            throws IOException {
        SchedulerConfig config = Requirements.withKafkaAndRegistry(options.load());
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            topics.check(Role.RECORDER);
        }
        RecordedDays day = new RecordedDays(Files.createTempFile("yardmaster-" + name, ".jsonl.gz"), true);
        try (TopicRecorder recorder = new TopicRecorder(config, span, false, notices);
                OutputStream out = Files.newOutputStream(day.file)) {
            recorder.record(out, Version.text(), () -> false);
            return day;
        } catch (IOException | RuntimeException e) {
            day.close();
            throw e;
        }
    }

    private static long begin(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        if (isTemporary) {
            Files.deleteIfExists(file);
        }
    }
}
