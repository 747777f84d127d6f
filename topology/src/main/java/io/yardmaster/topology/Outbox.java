package io.yardmaster.topology;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.topology.config.EventDetail;
import io.yardmaster.topology.meters.GraphResult;
import io.yardmaster.topology.meters.ShardMeters;
import io.yardmaster.topology.views.HistoryEntryType;
import io.yardmaster.topology.views.ShardRecord;
import io.yardmaster.topology.window.ShardWindow;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Carries out the core's decisions for one shard: assignments go to the topics of their pools, what becomes of jobs to the events
 * topic, and all else into the shard's record.
 */
final class Outbox {
    /** For dead letters. */
    static final String WRONG_GROUP = "the resource group is not the one of the job's earlier events";

    private static final long NO_TIMEOUT = 0;
    private static final int MOST_REFUSED = 10_000;

    private final ProcessorContext<Object, SpecificRecord> context;
    private final int shard;
    private final String graphsTopic;
    private final AssignmentIds ids;
    private final ShardPools pools;
    private final ShardMeters meters;
    private final ShardRecord record;
    private final SessionLog sessions;
    private final JobEvents events;
    private final KillWriter kills;
    private final OfferDesk offers;
    private final TickRecorder ticks;
    /** The partition in which each refused task was; the oldest are forgotten, and may go there again. */
    private final Map<TaskName, Integer> refused = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TaskName, Integer> eldest) {
            return size() > MOST_REFUSED;
        }
    };

    private byte[] encodedSession;
    private Headers epoch;

    /** A task of the current session. */
    private record TaskName(long job, Enum<?> kind, int index, int attempt) {
        static TaskName of(DispatchedTask task) {
            return new TaskName(task.job(), task.kind(), task.taskIndex(), task.attempt());
        }

        static TaskName of(Event.AssignmentEnded task) {
            return new TaskName(task.job(), task.kind(), task.taskIndex(), task.attempt());
        }
    }

    Outbox(
            ProcessorContext<Object, SpecificRecord> context,
            AssignmentIds ids,
            ShardPools pools,
            ShardMeters meters,
            ShardRecord record,
            SessionLog sessions,
            EventDetail detail,
            TopicNames topics,
            KeyValueStore<Bytes, byte[]> state,
            Scheduler scheduler,
            TickRecorder ticks) {
        this.ticks = ticks;
        this.context = context;
        this.shard = context.taskId().partition();
        this.graphsTopic = topics.of(Topic.GRAPHS);
        this.ids = ids;
        this.pools = pools;
        this.meters = meters;
        this.record = record;
        this.sessions = sessions;
        begin(scheduler.session());
        this.events = new JobEvents(
                context, detail, topics.of(Topic.COMMANDS), this::epoch, record::cause, state, scheduler.session());
        this.offers = new OfferDesk(context, pools, scheduler, state);
        this.kills = new KillWriter(context, scheduler, ids, offers, this::epoch);
    }

    JobEvents events() {
        return events;
    }

    /** The headers of all records of the current session, which each record copies. */
    Headers epoch() {
        return epoch;
    }

    KillWriter kills() {
        return kills;
    }

    /** The offers of tasks for which placement chooses hosts. */
    OfferDesk offers() {
        return offers;
    }

    private void begin(long session) {
        encodedSession = Epoch.encode(session);
        epoch = new RecordHeaders().add(Epoch.HEADER, encodedSession);
    }

    /** Carries out a decision; its record has this timestamp, in epoch ms. */
    void carryOut(Decision decision, long now) {
        if (decision instanceof DispatchedTask made) {
            assign(made, now);
        } else {
            remember(decision);
        }
    }

    private void assign(DispatchedTask assignment, long now) {
        long id = ids.of(shard, assignment.id());
        if (pools.isPlaced(assignment.pool())) {
            offers.offer(assignment, id);
        } else {
            write(assignment, id, now);
        }
        meters.assigned(assignment.kind(), assignment.group(), Math.max(0, now - assignment.readyAt()));
        record.assigned(assignment);
        events.dispatched(assignment);
    }

    private void write(DispatchedTask assignment, long id, long now) {
        GraphStage stage = assignment.stage();
        String pool = assignment.pool();
        TaskAssignment value = new TaskAssignment(
                id,
                assignment.group(),
                assignment.job(),
                switch (assignment.kind()) {
                    case TASK -> TaskKind.TASK;
                    case COMMIT -> TaskKind.COMMIT;
                    case CLEANUP -> TaskKind.CLEANUP;
                },
                assignment.taskIndex(),
                assignment.attempt(),
                assignment.session(),
                Instant.ofEpochMilli(assignment.readyAt()),
                stage == null ? NO_TIMEOUT : stage.timeout(),
                stage == null || stage.payload().length == 0 ? Payload.NONE : ByteBuffer.wrap(stage.payload()),
                pool,
                Map.of(),
                "");
        Record<Object, SpecificRecord> made = new Record<>(assignment.job(), value, now);
        ShardWindow window = Objects.requireNonNull(pools.of(pool), "a pool without a topic has an assignment");
        made.headers().add(window.stamp(Epoch.HEADER, encodedSession, id, avoidedBy(assignment)));
        ticks.carriedBy(assignment.id()).ifPresent(made.headers()::add);
        if (assignment.trace() != null) {
            PackedTrace.unpack(assignment.trace()).addTo(made.headers());
        }
        context.forward(made, pool.isEmpty() ? Names.DISPATCH_SINK : Names.POOLS_SINK);
    }

    private int avoidedBy(DispatchedTask assignment) {
        Integer avoided = refused.isEmpty() ? null : refused.remove(TaskName.of(assignment));
        return avoided == null ? ShardWindow.NO_PARTITION : avoided;
    }

    /** Has a refused task go to another partition than before, and so to another execution manager if there is one (O7). */
    void refused(Event.AssignmentEnded assignment, int partition) {
        if (partition != ShardWindow.NO_PARTITION) {
            refused.put(TaskName.of(assignment), partition);
        }
    }

    private void remember(Decision decision) {
        if (decision instanceof Decision.Dropped dropped) {
            meters.dropped(dropped.reason(), dropped.count());
            record.dropped(dropped.reason(), dropped.job(), dropped.count());
        } else if (decision instanceof Decision.Retired retired) {
            record.happened(HistoryEntryType.RETIRED, retired.job());
        } else if (decision instanceof Decision.Joined joined) {
            record.happened(HistoryEntryType.ACTIVE, joined.job());
        } else if (decision instanceof Decision.Deferred deferred) {
            record.happened(
                    deferred.displaced() ? HistoryEntryType.DISPLACED : HistoryEntryType.PENDING, deferred.job());
        } else if (decision instanceof Decision.Reached reached) {
            if (reached.milestone() == JobMilestone.SUCCEEDED) {
                meters.graph(GraphResult.SUCCEEDED);
            }
            events.reached(reached.milestone(), reached.job(), reached.group());
            record.reached(reached.milestone(), reached.job());
        } else if (decision instanceof Decision.Obeyed obeyed) {
            record.obeyed(obeyed);
        } else if (decision instanceof Decision.TasksKilled killed) {
            meters.graphTasksKilled(killed.count());
            events.killed(killed);
            record.killed(killed);
        } else if (decision instanceof Decision.KillRunning kill) {
            kills.kill(kill);
        } else if (decision instanceof Decision.Failed failed) {
            meters.graph(GraphResult.FAILED);
            events.failed(failed);
            record.happened(HistoryEntryType.JOB_FAILED, failed.job(), failed.reason());
        } else if (decision instanceof Decision.GraphRefused refusal) {
            meters.graph(GraphResult.REFUSED);
            events.refused(refusal);
            record.happened(HistoryEntryType.JOB_REFUSED, refusal.job(), refusal.reason());
            if (refusal.lastPart() != Event.GraphSubmitted.NO_OFFSET) {
                context.forward(
                        DeadLetterRecord.late(graphsTopic, shard, refusal, context.currentSystemTimeMs()),
                        Names.LATE_LETTERS_SINK);
            }
        } else if (decision instanceof Decision.SessionBegan began) {
            events.sessionEnds(began.session());
            begin(began.session());
            refused.clear();
            sessions.began(began.session(), shard);
        }
    }

    /** True if an event was dropped because it names another group than the job's earlier events. */
    static boolean isOfWrongGroup(List<Decision> decisions) {
        return decisions.stream()
                .anyMatch(decision -> decision instanceof Decision.Dropped dropped
                        && dropped.reason() == EventDropReason.WRONG_GROUP);
    }
}
