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
            RecordRow record = reader.nextRow();
            if (record == null) {
                return Optional.empty();
            }
            entry = entry(record);
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

    private Optional<DayEntry> entry(RecordRow record) {
        if (record.isRefused()) {
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

    private static Optional<DayEntry> arrived(RecordRow record, Event event) {
        Optional<Boolean> expectsNew = record.expects().map("new"::equals);
        return Optional.of(new Arrived(
                record.partition(), record.topic(), record.offset(), record.timestampMs(), event, expectsNew));
    }

    private static Optional<DayEntry> session(RecordRow record) {
        if (!record.hasFields()) {
            return Optional.empty();
        }
        long session = record.number("session_id");
        return Optional.of(new SessionPublished(record.timestampMs(), new Event.SessionBegan(session)));
    }

    private Optional<DayEntry> policy(RecordRow record) {
        limitsGroups |= !record.key().startsWith(LIMIT_KEY)
                && !record.key().startsWith(POOL_KEY)
                && BEYOND_WEIGHTS.stream().anyMatch(field -> isSet(record.value(field)));
        Optional<String> placed = HostTasks.placed(record);
        if (placed.isPresent()) {
            return Optional.of(new PoolPlaced(record.timestampMs(), placed.get()));
        }
        if (!record.key().startsWith(GROUP_KEY)) {
            return Optional.empty();
        }
        long group = Long.parseLong(record.key().substring(GROUP_KEY.length()));
        JsonNode weight = record.value("weight");
        if (weight.isNumber()) {
            weights.put(group, weight.doubleValue());
        } else {
            weights.remove(group);
        }
        return Optional.of(new PolicyChanged(record.timestampMs(), new LivePolicy(weights)));
    }

    private static boolean isSet(JsonNode field) {
        return !field.isMissingNode() && !field.isNull();
    }

    private static Optional<DayEntry> assigned(RecordRow record) {
        if (!record.isAssignment()) {
            return Optional.empty();
        }
        AssignedTask task = new AssignedTask(
                record.number("session_id"),
                record.number("resource_group_id"),
                record.number("job_id"),
                record.constant("kind", TaskKind.class),
                record.smallNumber("task_index"),
                record.smallNumber("attempt"));
        return Optional.of(new Assigned(record.shard(), record.timestampMs(), record.number(), task, record.ticks()));
    }
}
