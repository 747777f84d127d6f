package io.yardmaster.app.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.app.recording.RecordingSettings;
import io.yardmaster.core.values.Policy;
import io.yardmaster.replay.BusySlots;
import io.yardmaster.replay.HostChange;
import io.yardmaster.replay.InvalidDayException;
import io.yardmaster.replay.ModelFleet;
import io.yardmaster.replay.Replay;
import io.yardmaster.replay.ReplayPolicy;
import io.yardmaster.replay.recording.RecordedRecord;
import io.yardmaster.replay.recording.RecordedTopic;
import io.yardmaster.replay.recording.RecordingDay;
import io.yardmaster.replay.recording.RecordingReader;
import io.yardmaster.replay.report.Comparison;
import io.yardmaster.topology.policy.InvalidPolicyException;
import io.yardmaster.topology.policy.PolicyKey;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A recorded day under the policy that was in force at its end, and under another one. */
public final class PolicyPreview {
    /** The name of the policy that was in force at the end of the recording. */
    public static final String NOW = "now";

    private final Path recording;
    private final Consumer<String> problems;
    private final SortedMap<PolicyKey, SortedMap<String, Object>> entries = new TreeMap<>();
    private final BusySlots busy = new BusySlots();
    /** Assignments to pools whose hosts were recorded that have not ended, and such that were given back. */
    private final Set<AssignmentKey> onHosts = new HashSet<>();

    private boolean hasOutcomes;

    private record AssignmentKey(int shard, long number) {}

    private PolicyPreview(Path recording, Consumer<String> problems) {
        this.recording = recording;
        this.problems = problems;
    }

    /**
     * Replays a recording under both policies, with the settings that it holds.
     *
     * @param name of the other policy
     * @param slots of the modelled fleet; empty: as many as tasks ran at once, but for those on hosts that were recorded
     * @param problems takes a sentence for each entry or field that a policy has and that is ignored
     * @throws InvalidDayException if the recording cannot be read, has no jobs, or does not tell the size of a fleet that is wanted
     */
    public static Comparison of(
            Path recording,
            String name,
            SortedMap<PolicyKey, SortedMap<String, Object>> other,
            OptionalInt slots,
            Consumer<String> problems) {
        PolicyPreview preview = new PolicyPreview(recording, problems);
        try (RecordingDay day = RecordingDay.open(recording)) {
            preview.look(day.hosts().stream().map(HostChange::pool).collect(Collectors.toSet()));
            Policy settings = RecordingSettings.policy(recording.toString(), day.header(), new TreeMap<>());
            ReplayPolicy now = PolicyEntries.replayed(NOW, settings, preview.entries, problems);
            ReplayPolicy then = PolicyEntries.replayed(name, settings, other, problems);
            int size = slots.orElseGet(preview::mostAtOnce);
            return Replay.of(day, ModelFleet.of(size), List.of(now, then));
        }
    }

    /**
     * Reads the policy, and how many tasks ran in slots at once.
     *
     * @param pools whose hosts were recorded, so that their tasks need no slots
     */
    private void look(Set<String> pools) {
        try (RecordingReader reader = RecordingReader.open(
                recording, EnumSet.of(RecordedTopic.POLICY, RecordedTopic.OUTCOMES, RecordedTopic.DISPATCH))) {
            for (Optional<RecordedRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                RecordedRecord record = next.get();
                if (record.topic() == RecordedTopic.POLICY) {
                    follow(record);
                } else if (record.topic() == RecordedTopic.DISPATCH) {
                    if (pools.contains(record.pool())) {
                        onHosts.add(new AssignmentKey(record.shard(), record.number()));
                    }
                } else if (record.refused().isEmpty()) {
                    ended(record);
                }
            }
        }
    }

    private void ended(RecordedRecord outcome) {
        hasOutcomes = true;
        // A task that was given back had no slot. If it had a host that was lost, that may still say how the assignment
        // ended.
        if (outcome.value().path("result").asText().equals("REFUSED")) {
            return;
        }
        if (!onHosts.remove(new AssignmentKey(outcome.partition(), outcome.number()))) {
            busy.ran(
                    outcome.value().path("started_at").asLong(),
                    outcome.value().path("ended_at").asLong());
        }
    }

    /** Without outcomes nobody knows how many tasks ran at once, and a fleet of any size would tell nothing about the waiting times. */
    private int mostAtOnce() {
        if (!hasOutcomes) {
            throw new InvalidDayException(recording + ": the recording has no outcomes: give --slots N");
        }
        return Math.max(1, busy.most());
    }

    private void follow(RecordedRecord record) {
        try {
            PolicyKey key = PolicyKey.parse(record.key());
            if (record.value().isObject()) {
                entries.put(key, fields(key, record.value()));
            } else {
                entries.remove(key);
            }
        } catch (InvalidPolicyException e) {
            problems.accept(record.place() + ": " + e.getMessage() + "; the entry is ignored");
        }
    }

    private static SortedMap<String, Object> fields(PolicyKey key, JsonNode value) {
        SortedMap<String, Object> fields = new TreeMap<>();
        value.properties().forEach(field -> {
            JsonNode set = field.getValue();
            if (key.kind().has(field.getKey()) && !set.isNull()) {
                Object typed = set.isNumber() ? set.numberValue() : set.isBoolean() ? set.booleanValue() : set.asText();
                fields.put(field.getKey(), key.kind().field(field.getKey()).read(typed));
            }
        });
        return fields;
    }
}
