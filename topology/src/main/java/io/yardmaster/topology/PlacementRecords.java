package io.yardmaster.topology;

import io.yardmaster.core.placement.Host;
import io.yardmaster.core.placement.OfferedUnit;
import io.yardmaster.core.placement.PlacedTask;
import io.yardmaster.core.placement.TaskRef;
import io.yardmaster.core.values.Event;
import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.HostHeaders;
import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.TopicNames;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** Makes the records that tell of tasks at placement. All times are in epoch ms. */
final class PlacementRecords {
    private static final String WORKER = Event.AssignmentEnded.PLACEMENT;

    private final TopicNames topics;

    PlacementRecords(TopicNames topics) {
        this.topics = topics;
    }

    /** A task for the host that has it from now on. */
    Record<Object, SpecificRecord> assignment(OfferedUnit unit, TaskRef task, Host host, long now) {
        AssignmentEnvelope envelope = AssignmentEnvelope.decode(unit.envelope());
        var value = new TaskAssignment(
                unit.assignment(task),
                unit.offer().group(),
                task.job(),
                TaskKind.TASK,
                task.task(),
                task.attempt(),
                task.session(),
                envelope.readyAt(),
                envelope.timeoutMs(),
                envelope.payload(),
                host.pool(),
                unit.offer().requirement().needs().toMap(),
                host.name());
        var key = new PlacedKey(task.job(), topics.dispatch(host.pool()), host.dispatchPartition());
        Record<Object, SpecificRecord> made = new Record<>(key, value, now);
        made.headers().add(Epoch.HEADER, Epoch.encode(task.session()));
        HostHeaders.addTo(made.headers(), host.name(), host.incarnation());
        envelope.addTraceTo(made.headers());
        return made;
    }

    /** The end of a task that waited. It ends as it begins, which says that it had no host. */
    Record<Object, SpecificRecord> returned(
            TaskRef task, long group, long assignment, boolean killed, String reason, long now) {
        return outcome(task, group, assignment, killed ? TaskResult.KILLED : TaskResult.REFUSED, reason, now, now);
    }

    /** The end of a task that has lost its place. It ends later than it began, which says that it had a host. */
    Record<Object, SpecificRecord> lost(PlacedTask lost, String reason, long now) {
        long startedAt = Math.min(lost.booking().at(), now - 1);
        return outcome(
                lost.booking().task(), lost.group(), lost.assignment(), TaskResult.REFUSED, reason, startedAt, now);
    }

    private static Record<Object, SpecificRecord> outcome(
            TaskRef task, long group, long assignment, TaskResult result, String reason, long startedAt, long now) {
        var outcome = new TaskOutcome(
                assignment,
                group,
                task.job(),
                task.session(),
                TaskKind.TASK,
                task.task(),
                task.attempt(),
                result,
                reason,
                Instant.ofEpochMilli(startedAt),
                Instant.ofEpochMilli(now),
                WORKER);
        return new Record<>(task.job(), outcome, now);
    }

    /** Tells the host of a task to stop it. */
    Record<Object, SpecificRecord> kill(PlacedTask lost, String reason, long now) {
        TaskRef task = lost.booking().task();
        var kill = new Kill(task.job(), lost.assignment(), task.session(), reason, WORKER, -1L, -1, 0);
        return new Record<>(task.job(), kill, now, new RecordHeaders().add(Epoch.HEADER, Epoch.encode(task.session())));
    }
}
