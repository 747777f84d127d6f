package io.yardmaster.replay.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.CountText;
import io.yardmaster.replay.InvalidDayException;
import io.yardmaster.replay.recording.DayEntry.Arrived;
import io.yardmaster.replay.recording.DayEntry.Assigned;
import io.yardmaster.replay.recording.DayEntry.PolicyChanged;
import io.yardmaster.replay.recording.DayEntry.PoolPlaced;
import io.yardmaster.replay.recording.DayEntry.SessionPublished;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes the core's inputs of the records of a recording, and the assignments that were made: in the order of the file, in which the
 * entries of a shard are ordered by time. Leaves out the records that the scheduler refused whatever happened before.
 */
public final class RecordedEntries {
    private static final String GROUP_KEY = "group/";
    private static final String LIMIT_KEY = "limit/";
    private static final String POOL_KEY = "pool/";
    /** Fields with a say in who is next beside weights and what a task needs. */
    private static final List<String> BEYOND_WEIGHTS = List.of("tasks", "rate", "stages", "attempts");

    private final RecordingReader reader;
    private final Map<Long, Double> weights = new TreeMap<>();
    private long refused;
    private boolean limitsGroups;

    public RecordedEntries(RecordingReader reader) {
        this.reader = reader;
    }

    /**
     * The next entry; empty at the end.
     *
     * @throws InvalidDayException if the recording cannot be read further
     */
    public Optional<DayEntry> next() {
        Optional<DayEntry> entry = Optional.empty();
        while (entry.isEmpty()) {
            Optional<RecordedRecord> record = reader.next();
            if (record.isEmpty()) {
                return Optional.empty();
            }
            entry = entry(record.get());
        }
        return entry;
    }

    /** A sentence for each thing about the recording so far that a user should know. */
    public List<String> notices() {
        List<String> all = new ArrayList<>(reader.notices());
        if (refused > 0) {
            all.add("%s no sense, so that the scheduler refused %s"
                    .formatted(
                            CountText.of(refused, "record") + (refused == 1 ? " makes" : " make"),
                            refused == 1 ? "it" : "them"));
        }
        return all;
    }

    /** Returns whether the policy so far had rates or limits of groups, jobs or all tasks, or rules of retries. */
    public boolean limitsGroups() {
        return limitsGroups;
    }

    private Optional<DayEntry> entry(RecordedRecord record) {
        if (record.refused().isPresent()) {
            refused++;
            return Optional.empty();
        }
        try {
            return switch (record.topic()) {
                case READY -> arrived(record, RecordedEvents.ready(record));
                case COMMIT -> arrived(record, RecordedEvents.commit(record));
                case CLEANUP -> arrived(record, RecordedEvents.cleanup(record));
                case GRAPHS -> arrived(record, RecordedEvents.graph(record));
                case COMMANDS -> arrived(record, RecordedEvents.command(record));
                case OUTCOMES -> arrived(record, RecordedEvents.outcome(record));
                case SESSIONS -> session(record);
                case POLICY -> policy(record);
                case DISPATCH -> assigned(record);
                case HOSTS -> Optional.empty();
            };
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new InvalidDayException(record.place() + ": " + e.getMessage());
        }
    }

    private static Optional<DayEntry> arrived(RecordedRecord record, Event event) {
        Optional<Boolean> expectsNew = record.expects().map("new"::equals);
        return Optional.of(new Arrived(
                record.partition(), record.topic(), record.offset(), record.timestampMs(), event, expectsNew));
    }

    private static Optional<DayEntry> session(RecordedRecord record) {
        if (!record.value().isObject()) {
            return Optional.empty();
        }
        long session = Fields.number(record.value(), "session_id");
        return Optional.of(new SessionPublished(record.timestampMs(), new Event.SessionBegan(session)));
    }

    private Optional<DayEntry> policy(RecordedRecord record) {
        limitsGroups |= !record.key().startsWith(LIMIT_KEY)
                && !record.key().startsWith(POOL_KEY)
                && BEYOND_WEIGHTS.stream().anyMatch(field -> record.value().hasNonNull(field));
        Optional<String> placed = HostTasks.placed(record);
        if (placed.isPresent()) {
            return Optional.of(new PoolPlaced(record.timestampMs(), placed.get()));
        }
        if (!record.key().startsWith(GROUP_KEY)) {
            return Optional.empty();
        }
        long group = Long.parseLong(record.key().substring(GROUP_KEY.length()));
        JsonNode weight = record.value().path("weight");
        if (weight.isNumber()) {
            weights.put(group, weight.doubleValue());
        } else {
            weights.remove(group);
        }
        return Optional.of(new PolicyChanged(record.timestampMs(), new LivePolicy(weights)));
    }

    private static Optional<DayEntry> assigned(RecordedRecord record) {
        if (!record.isAssignment()) {
            return Optional.empty();
        }
        JsonNode value = record.value();
        AssignedTask task = new AssignedTask(
                Fields.number(value, "session_id"),
                Fields.number(value, "resource_group_id"),
                Fields.number(value, "job_id"),
                Fields.constant(value, "kind", TaskKind.class),
                Fields.smallNumber(value, "task_index"),
                Fields.smallNumber(value, "attempt"));
        return Optional.of(new Assigned(record.shard(), record.timestampMs(), record.number(), task, record.ticks()));
    }
}
