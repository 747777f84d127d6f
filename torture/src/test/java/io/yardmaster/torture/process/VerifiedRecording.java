package io.yardmaster.torture.process;

import io.yardmaster.app.recording.RecordingSettings;
import io.yardmaster.app.recording.RecordingSpan;
import io.yardmaster.app.recording.TopicRecorder;
import io.yardmaster.replay.fidelity.OrderComparison;
import io.yardmaster.replay.fidelity.ShardOrder;
import io.yardmaster.replay.recording.DayEntry;
import io.yardmaster.replay.recording.RecordedEntries;
import io.yardmaster.replay.recording.RecordingReader;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Records a deployment, and replays the recording under the policy that was in force. */
public final class VerifiedRecording {
    private VerifiedRecording() {}

    /**
     * Replays the deployment of these settings, which records its ticks.
     *
     * @param file to make
     * @param until the time up to which they must be there, in epoch ms: when the policy got more than weights
     * @return all lines about shards that differ, or cannot be replayed up to then; empty if the core makes each decision again
     */
    public static List<String> differences(Map<String, String> settings, Path file, long until) {
        record(SchedulerConfig.from(settings), file);
        Map<Integer, Long> before = before(file, until);
        List<String> differences = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(file)) {
            RecordedEntries day = new RecordedEntries(reader);
            var policy = RecordingSettings.policy(file.toString(), reader.header(), Map.of());
            for (ShardOrder shard : OrderComparison.of(
                    day, reader.header().shards(), policy, false, OrderComparison.DEFAULT_SLACK_MS)) {
                long needed = before.getOrDefault(shard.shard(), 0L);
                say("shard %d: %d assignments before %s".formatted(shard.shard(), needed, Instant.ofEpochMilli(until)));
                if (needed > 0) {
                    shard.lines().forEach(VerifiedRecording::say);
                }
                if (needed > 0 && !isReplayed(shard, needed)) {
                    differences.addAll(shard.lines());
                }
            }
            if (before.isEmpty()) {
                differences.add("nothing was recorded");
            }
            day.notices().forEach(VerifiedRecording::say);
        }
        return differences;
    }

    /** The scheduler learns of the policy after this time, so these assignments are part of the record of ticks. */
    private static Map<Integer, Long> before(Path file, long until) {
        Map<Integer, Long> before = new TreeMap<>();
        try (RecordingReader reader = RecordingReader.open(file)) {
            RecordedEntries day = new RecordedEntries(reader);
            for (var next = day.next(); next.isPresent(); next = day.next()) {
                if (next.get() instanceof DayEntry.Assigned assigned && assigned.at() < until) {
                    before.merge(assigned.shard(), 1L, Long::sum);
                }
            }
        }
        return before;
    }

    /** Returns whether the core makes at least so many assignments again, and no decision that is another one. */
    private static boolean isReplayed(ShardOrder shard, long assignments) {
        return shard.differences() == 0
                && shard.byTicks()
                        .filter(ticks -> ticks.otherwise().isEmpty())
                        .filter(ticks -> shard.assignments() - ticks.notReplayed() >= assignments)
                        .isPresent();
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
