package io.yardmaster.topology;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommandLimits;
import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.OutcomeLimits;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.topology.config.Labels;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;

/** Makes the core's events of received records, and refuses records that their schema allows but that make no sense. */
final class Events {
    private static final int NO_TASK = -1;

    private Events() {}

    /**
     * The event in a record of a lane.
     *
     * @throws InvalidEventException with the reason if the record makes no sense
     */
    static Event.OfJob of(Record<Long, SpecificRecord> record) {
        Event.OfJob event = event(record.value(), record.timestamp(), PackedTrace.of(record.headers()));
        checkKey(record, event.job());
        checkNotNegative("session_id", event.session());
        if (event instanceof Event.TasksReady ready) {
            check(ready);
        }
        return event;
    }

    /**
     * Checks a record of the commands topic.
     *
     * @throws InvalidEventException with the reason if it makes no sense
     */
    static void check(JobCommand command, Record<Long, SpecificRecord> record) {
        checkKey(record, command.getJobId());
        checkSession(command.getSessionId());
        checkLength("reason", command.getReason(), CommandLimits.REASON);
        checkLength("by", command.getBy(), CommandLimits.BY);
        checkPriority(command);
    }

    /** Refuses a session that is neither one nor the current one. */
    static void checkSession(long session) {
        if (session < Event.Commanded.ANY_SESSION) {
            throw new InvalidEventException("session_id " + session + " is neither a session nor -1, the current one");
        }
    }

    private static void checkPriority(JobCommand command) {
        int priority = command.getPriority();
        if (command.getCommand() != CommandType.SET_PRIORITY && priority != 0) {
            throw new InvalidEventException("priority %s in a command to %s".formatted(priority, command.getCommand()));
        }
        checkPriority(priority);
    }

    static void checkPriority(int priority) {
        if (priority < CommandLimits.LOWEST_PRIORITY || priority > CommandLimits.HIGHEST_PRIORITY) {
            throw new InvalidEventException("priority %s is not one from %s to %s"
                    .formatted(priority, CommandLimits.LOWEST_PRIORITY, CommandLimits.HIGHEST_PRIORITY));
        }
    }

    /** The event of a command that makes sense. */
    static Event.Commanded of(JobCommand command) {
        return new Event.Commanded(
                command.getJobId(),
                command.getSessionId(),
                switch (command.getCommand()) {
                    case CANCEL -> Command.CANCEL;
                    case PAUSE -> Command.PAUSE;
                    case RESUME -> Command.RESUME;
                    case SET_PRIORITY -> Command.SET_PRIORITY;
                },
                command.getPriority());
    }

    /**
     * The event in a record of the outcomes topic.
     *
     * @param number of the assignment in its shard
     * @throws InvalidEventException with the reason if it makes no sense
     */
    static Event.AssignmentEnded of(TaskOutcome outcome, long number, Record<Long, SpecificRecord> record) {
        checkKey(record, outcome.getJobId());
        checkNotNegative("session_id", outcome.getSessionId());
        checkNotNegative("attempt", outcome.getAttempt());
        boolean regular = outcome.getKind() == io.yardmaster.schemas.TaskKind.TASK;
        if (regular) {
            checkNotNegative("task_index", outcome.getTaskIndex());
        } else if (outcome.getTaskIndex() != NO_TASK) {
            throw new InvalidEventException("task_index " + outcome.getTaskIndex() + " of a "
                    + Labels.of(outcome.getKind()) + " task is not " + NO_TASK);
        }
        checkLength("reason", outcome.getReason(), OutcomeLimits.REASON);
        checkLength("worker", outcome.getWorker(), OutcomeLimits.WORKER);
        long ran = ran(outcome);
        return new Event.AssignmentEnded(
                number,
                outcome.getResourceGroupId(),
                outcome.getJobId(),
                switch (outcome.getKind()) {
                    case TASK -> TaskKind.TASK;
                    case COMMIT -> TaskKind.COMMIT;
                    case CLEANUP -> TaskKind.CLEANUP;
                },
                outcome.getTaskIndex(),
                outcome.getAttempt(),
                outcome.getSessionId(),
                switch (outcome.getResult()) {
                    case SUCCEEDED -> TaskEnd.SUCCEEDED;
                    case FAILED -> TaskEnd.FAILED;
                    case KILLED -> TaskEnd.KILLED;
                    case REFUSED -> TaskEnd.REFUSED;
                },
                OvertakingTime.restored(record.timestamp()),
                ran,
                outcome.getReason(),
                PackedTrace.of(record.headers()),
                Event.AssignmentEnded.wasPlaced(outcome.getWorker(), ran));
    }

    /** Clocks may jump: a task that ended before it began ran for a time that nobody knows. */
    private static long ran(TaskOutcome outcome) {
        long millis =
                outcome.getEndedAt().toEpochMilli() - outcome.getStartedAt().toEpochMilli();
        return millis < 0 ? Event.AssignmentEnded.UNKNOWN : millis;
    }

    private static void checkNotNegative(String field, long value) {
        if (value < 0) {
            throw new InvalidEventException(field + " " + value + " is negative");
        }
    }

    /** Refuses a record without which there is no event. */
    static void checkPresent(Record<Long, SpecificRecord> record) {
        if (record.value() == null) {
            throw new InvalidEventException("the event has no value");
        }
        if (record.key() == null) {
            throw new InvalidEventException("the event has no key");
        }
    }

    static void checkKey(Record<Long, SpecificRecord> record, long job) {
        if (record.key() != job) {
            throw new InvalidEventException("key " + record.key() + " is not the job_id " + job);
        }
    }

    private static void checkLength(String field, String text, int longest) {
        if (text.length() > longest) {
            throw new InvalidEventException(
                    "%s has %s characters, may have %s".formatted(field, text.length(), longest));
        }
    }

    private static Event.OfJob event(SpecificRecord value, long time, String trace) {
        if (value instanceof TaskReady ready) {
            return new Event.TasksReady(
                    ready.getResourceGroupId(),
                    ready.getJobId(),
                    ready.getSessionId(),
                    indices(ready.getTaskIndices()),
                    ready.getAttempt(),
                    time,
                    trace);
        }
        if (value instanceof CommitReady commit) {
            return new Event.CommitReady(
                    commit.getResourceGroupId(), commit.getJobId(), commit.getSessionId(), time, trace);
        }
        if (value instanceof CleanupReady cleanup) {
            return new Event.CleanupReady(
                    cleanup.getResourceGroupId(),
                    cleanup.getJobId(),
                    cleanup.getSessionId(),
                    cleanup.getHasTask(),
                    time,
                    trace);
        }
        throw new IllegalArgumentException(
                "no event of a lane: " + value.getSchema().getFullName());
    }

    private static int[] indices(List<Integer> list) {
        int[] indices = new int[list.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = list.get(i);
        }
        return indices;
    }

    private static void check(Event.TasksReady ready) {
        checkNotNegative("attempt", ready.attempt());
        if (ready.indices().length == 0) {
            throw new InvalidEventException("task_indices is empty");
        }
        for (int index : ready.indices()) {
            checkNotNegative("task index", index);
        }
    }
}
