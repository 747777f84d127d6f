package io.yardmaster.topology;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.CommandDropReason;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.schemas.DeadLetterHeaders;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.TraceContext;
import io.yardmaster.topology.config.EventDetail;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Writes the events of one shard, in the transaction of what they tell; those about tasks as ranges ({@link TaskEvents}). An event has the
 * trace context of the record that caused it, or of the dispatched tasks that it tells of, if there is one.
 */
final class JobEvents {
    private static final int NO_TASK = -1;
    private static final long UNKNOWN_GROUP = -1;

    private final ProcessorContext<Object, SpecificRecord> context;
    private final EventDetail detail;
    private final String commands;
    private final Supplier<Headers> epoch;
    private final Supplier<Optional<TraceContext>> cause;
    private final TaskEvents tasks;

    private long session;

    /**
     * Writes nothing yet.
     *
     * @param commands name of the commands topic
     * @param epoch headers of all records of the current session
     * @param cause the trace context of the record that is processed
     * @param state the scheduler's store
     */
    JobEvents(
            ProcessorContext<Object, SpecificRecord> context,
            EventDetail detail,
            String commands,
            Supplier<Headers> epoch,
            Supplier<Optional<TraceContext>> cause,
            KeyValueStore<Bytes, byte[]> state,
            long session) {
        this.context = context;
        this.detail = detail;
        this.commands = commands;
        this.epoch = epoch;
        this.cause = cause;
        this.session = session;
        this.tasks = new TaskEvents(state, context::currentSystemTimeMs, this::write);
    }

    private String trace() {
        return cause.get().map(PackedTrace::pack).orElse(null);
    }

    /** To be called before the headers of {@code epoch} change. */
    void sessionEnds(long newSession) {
        tasks.close();
        session = newSession;
    }

    void reached(JobMilestone milestone, long job, long group) {
        JobEventKind what =
                switch (milestone) {
                    case BEGAN -> JobEventKind.JOB_BEGAN;
                    case COMMITTING -> JobEventKind.JOB_COMMITTING;
                    case CLEANING_UP -> JobEventKind.JOB_CLEANING_UP;
                    case SUCCEEDED -> JobEventKind.JOB_SUCCEEDED;
                    case ENDED -> JobEventKind.JOB_ENDED;
                };
        tell(what, job, group, "");
    }

    void failed(Decision.Failed failed) {
        tell(JobEventKind.JOB_FAILED, failed.job(), failed.group(), failed.reason());
    }

    void refused(Decision.GraphRefused refused) {
        tell(JobEventKind.JOB_REFUSED, refused.job(), refused.group(), refused.reason());
    }

    private void tell(JobEventKind what, long job, long group, String reason) {
        if (detail != EventDetail.NONE) {
            tasks.close(job);
            write(new JobEvent(time(), job, group, session, what, NO_TASK, 0L, 0, reason, "", 0), trace());
        }
    }

    /**
     * Answers a command that was carried out.
     *
     * @param discarded the number of tasks that will not be dispatched because of it
     */
    void obeyed(HeldCommand command, Command obeyed, long group, long discarded) {
        JobEventKind what =
                switch (obeyed) {
                    case CANCEL -> JobEventKind.JOB_CANCELLED;
                    case PAUSE -> JobEventKind.JOB_PAUSED;
                    case RESUME -> JobEventKind.JOB_RESUMED;
                    case SET_PRIORITY -> JobEventKind.JOB_PRIORITIZED;
                };
        answer(command, group, what, discarded, command.command().getReason());
    }

    /** Answers a command that changed nothing. */
    void dropped(HeldCommand command, CommandDropReason reason, String sentence) {
        String word = reason.name().toLowerCase(Locale.ROOT);
        answer(command, UNKNOWN_GROUP, JobEventKind.COMMAND_DROPPED, 0, word + ": " + sentence);
    }

    private void answer(HeldCommand received, long group, JobEventKind what, long tasks, String reason) {
        if (detail == EventDetail.NONE) {
            return;
        }
        Headers headers = new RecordHeaders(epoch.get());
        String position = DeadLetterHeaders.position(commands, context.taskId().partition(), received.offset());
        headers.add(DeadLetterHeaders.SOURCE, position.getBytes(StandardCharsets.UTF_8));
        JobCommand command = received.command();
        long job = command.getJobId();
        int priority = what == JobEventKind.JOB_PRIORITIZED ? command.getPriority() : 0;
        String by = command.getBy();
        write(
                new JobEvent(time(), job, group, session, what, NO_TASK, tasks, 0, reason, by, priority),
                trace(),
                headers);
    }

    void dispatched(DispatchedTask task) {
        if (detail == EventDetail.TASKS) {
            tasks.dispatched(task);
        }
    }

    void ended(Event.AssignmentEnded ended, String reason) {
        if (detail == EventDetail.TASKS) {
            tasks.ended(ended, reason, trace());
        }
    }

    void killed(Decision.TasksKilled killed) {
        if (detail == EventDetail.TASKS) {
            tasks.killed(killed, session, trace());
        }
    }

    /** Writes the ranges of tasks that were told since the last tick. */
    void tickEnds() {
        tasks.close();
    }

    /** Stores what the next tick will write. */
    void store() {
        tasks.store();
    }

    private Instant time() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    private void write(JobEvent event, String trace) {
        write(event, trace, trace == null ? epoch.get() : new RecordHeaders(epoch.get()));
    }

    private void write(JobEvent event, String trace, Headers headers) {
        if (trace != null) {
            PackedTrace.unpack(trace).addTo(headers);
        }
        context.forward(
                new Record<>(event.getJobId(), event, event.getAt().toEpochMilli(), headers), Names.EVENTS_SINK);
    }
}
