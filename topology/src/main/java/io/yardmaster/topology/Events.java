package io.yardmaster.topology;

import io.yardmaster.core.values.Event;
import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskReady;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;

/** Makes the core's events of the lanes' records, and refuses records that their schema allows but that make no sense. */
final class Events {
    private Events() {}

    /** @throws InvalidEventException with the reason if the record makes no sense */
    static Event.OfJob of(Record<Long, SpecificRecord> record) {
        if (record.value() == null) {
            throw new InvalidEventException("the event has no value");
        }
        if (record.key() == null) {
            throw new InvalidEventException("the event has no key");
        }
        Event.OfJob event = event(record.value(), record.timestamp(), PackedTrace.of(record.headers()));
        if (record.key() != event.job()) {
            throw new InvalidEventException("key " + record.key() + " is not the job_id " + event.job());
        }
        if (event.session() < 0) {
            throw new InvalidEventException("session_id " + event.session() + " is negative");
        }
        if (event instanceof Event.TasksReady ready) {
            check(ready);
        }
        return event;
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
