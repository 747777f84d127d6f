package io.yardmaster.topology;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Event;
import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommandLimits;
import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.TaskReady;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;

/** Makes the core's events of received records, and refuses records that their schema allows but that make no sense. */
final class Events {
    private Events() {}

    /**
     * The event in a record of a lane.
     *
     * @throws InvalidEventException with the reason if the record makes no sense
     */
    static Event.OfJob of(Record<Long, SpecificRecord> record) {
        Event.OfJob event = event(record.value(), record.timestamp(), PackedTrace.of(record.headers()));
        checkKey(record, event.job());
        if (event.session() < 0) {
            throw new InvalidEventException("session_id " + event.session() + " is negative");
        }
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
        if (command.getSessionId() < Event.Commanded.ANY_SESSION) {
            throw new InvalidEventException(
                    "session_id " + command.getSessionId() + " is neither a session nor -1, the current one");
        }
        checkLength("reason", command.getReason(), CommandLimits.REASON);
        checkLength("by", command.getBy(), CommandLimits.BY);
        checkPriority(command);
    }

    private static void checkPriority(JobCommand command) {
        int priority = command.getPriority();
        if (command.getCommand() != CommandType.SET_PRIORITY && priority != 0) {
            throw new InvalidEventException("priority %s in a command to %s".formatted(priority, command.getCommand()));
        }
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

    /** Refuses a record without which there is no event. */
    static void checkPresent(Record<Long, SpecificRecord> record) {
        if (record.value() == null) {
            throw new InvalidEventException("the event has no value");
        }
        if (record.key() == null) {
            throw new InvalidEventException("the event has no key");
        }
    }

    private static void checkKey(Record<Long, SpecificRecord> record, long job) {
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
        if (ready.attempt() < 0) {
            throw new InvalidEventException("attempt " + ready.attempt() + " is negative");
        }
        if (ready.indices().length == 0) {
            throw new InvalidEventException("task_indices is empty");
        }
        for (int index : ready.indices()) {
            if (index < 0) {
                throw new InvalidEventException("task index " + index + " is negative");
            }
        }
    }
}
