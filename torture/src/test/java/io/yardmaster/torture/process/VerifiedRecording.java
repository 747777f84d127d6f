package io.yardmaster.torture.process;

import io.yardmaster.app.recording.RecordingSettings;
import io.yardmaster.app.recording.RecordingSpan;
import io.yardmaster.app.recording.TopicRecorder;
import io.yardmaster.replay.fidelity.OrderComparison;
import io.yardmaster.replay.fidelity.ShardOrder;
import io.yardmaster.replay.recording.RecordedEntries;
import io.yardmaster.replay.recording.RecordingReader;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Records a deployment, and replays the recording under the policy that was in force. */
public final class VerifiedRecording {
    private VerifiedRecording() {}

    /**
     * Replays the deployment of these settings, which records its ticks, from its first assignment to its last one.
     *
     * @param file to make
     * @return all lines about shards that differ, or cannot be replayed to their ends; empty if the core makes each decision again
     */
    public static List<String> differences(Map<String, String> settings, Path file) {
        record(SchedulerConfig.from(settings), file);
        long assignments = 0;
        List<String> differences = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(file)) {
            RecordedEntries day = new RecordedEntries(reader);
            var policy = RecordingSettings.policy(file.toString(), reader.header(), Map.of());
            for (ShardOrder shard : OrderComparison.of(
                    day, reader.header().shards(), policy, false, OrderComparison.DEFAULT_SLACK_MS)) {
                assignments += shard.assignments();
                shard.lines().forEach(VerifiedRecording::say);
                if (shard.assignments() > 0 && !isReplayed(shard)) {
                    differences.addAll(shard.lines());
                }
            }
            if (assignments == 0) {
                differences.add("nothing was recorded");
            }
            day.notices().forEach(VerifiedRecording::say);
        }
        return differences;
    }

    /** Returns whether the core makes all assignments again, none is missing, and no decision is another one. */
    private static boolean isReplayed(ShardOrder shard) {
        return shard.isExplained()
                && shard.missing() == 0
                && shard.byTicks().filter(ticks -> ticks.notReplayed() == 0).isPresent();
    }

    private static void record(SchedulerConfig config, Path file) {
        RecordingSpan all = new RecordingSpan(OptionalLong.empty(), OptionalLong.empty(), false);
        try (TopicRecorder recorder = new TopicRecorder(config, all, false, VerifiedRecording::say)) {
            recorder.record(Files.newOutputStream(file), "torture", () -> false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
