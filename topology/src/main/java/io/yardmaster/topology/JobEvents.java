package io.yardmaster.topology;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.CommandDropReason;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.schemas.DeadLetterHeaders;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.topology.config.EventDetail;
import io.yardmaster.topology.config.Labels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Writes the events of one shard, in the transaction of what they tell. Dispatched tasks are told as ranges: tasks of a job
 * that were dispatched in one tick, with successive indices and the same attempt.
 */
final class JobEvents {
    private static final int NO_TASK = -1;
    private static final long UNKNOWN_GROUP = -1;

    private final ProcessorContext<Object, SpecificRecord> context;
    private final EventDetail detail;
    private final String commands;
    private final Supplier<Headers> epoch;
    /** By job, in the order of their first tasks; empty between ticks. */
    private final Map<Long, Range> dispatched = new LinkedHashMap<>();

    private long session;

    /** Tasks with successive indices. */
    private static final class Range {
        final DispatchedTask first;
        int count = 1;

        Range(DispatchedTask first) {
            this.first = first;
        }

        boolean takes(DispatchedTask next) {
            return first.kind() == TaskKind.TASK
                    && next.kind() == TaskKind.TASK
                    && next.attempt() == first.attempt()
                    && next.taskIndex() == first.taskIndex() + count;
        }
    }

    /**
     * Writes nothing yet.
     *
     * @param commands name of the commands topic
     * @param epoch headers of all records of the current session
     */
    JobEvents(
            ProcessorContext<Object, SpecificRecord> context,
            EventDetail detail,
            String commands,
            Supplier<Headers> epoch,
            long session) {
        this.context = context;
        this.detail = detail;
        this.commands = commands;
        this.epoch = epoch;
        this.session = session;
    }

    void sessionBegan(long newSession) {
        session = newSession;
    }

    void reached(JobMilestone milestone, long job, long group) {
        if (detail == EventDetail.NONE) {
            return;
        }
        JobEventKind what =
                switch (milestone) {
                    case BEGAN -> JobEventKind.JOB_BEGAN;
                    case COMMITTING -> JobEventKind.JOB_COMMITTING;
                    case CLEANING_UP -> JobEventKind.JOB_CLEANING_UP;
                    case ENDED -> JobEventKind.JOB_ENDED;
                };
        write(new JobEvent(time(), job, group, session, what, NO_TASK, 0L, 0, "", "", 0), epoch.get());
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
        write(new JobEvent(time(), job, group, session, what, NO_TASK, tasks, 0, reason, by, priority), headers);
    }

    void dispatched(DispatchedTask task) {
        if (detail != EventDetail.TASKS) {
            return;
        }
        Range range = dispatched.get(task.job());
        if (range != null && range.takes(task)) {
            range.count++;
            return;
        }
        dispatched.put(task.job(), new Range(task));
        if (range != null) {
            write(range);
        }
    }

    /** Writes the ranges of the tick. */
    void tickEnds() {
        if (!dispatched.isEmpty()) {
            dispatched.values().forEach(this::write);
            dispatched.clear();
        }
    }

    private void write(Range range) {
        DispatchedTask first = range.first;
        boolean regular = first.kind() == TaskKind.TASK;
        JobEvent event = new JobEvent(
                time(),
                first.job(),
                first.group(),
                session,
                JobEventKind.TASKS_DISPATCHED,
                regular ? first.taskIndex() : NO_TASK,
                (long) range.count,
                first.attempt(),
                regular ? "" : Labels.of(first.kind()) + " task",
                "",
                0);
        write(event, epoch.get());
    }

    private Instant time() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    private void write(JobEvent event, Headers headers) {
        context.forward(
                new Record<>(event.getJobId(), event, event.getAt().toEpochMilli(), headers), Names.EVENTS_SINK);
    }
}
