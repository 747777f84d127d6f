package io.yardmaster.topology;

import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.topology.config.Labels;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Tells of tasks as ranges: tasks of a job with successive indices, the same attempt and the same reason, to which the same
 * happened between the ends of two ticks. A range has the trace context that all of its tasks have, or none. A transaction that ends between two ticks stores the open ranges, which are written in
 * the next tick, so that each is told exactly once.
 */
final class TaskEvents {
    private static final int NO_TASK = -1;
    private static final int NO_PRIORITY = 0;

    /** In the scheduler's store, behind all keys that begin with a session and before the held commands. */
    private static final byte KIND = (byte) 0xFC;

    private static final List<JobEventKind> OF_TASKS = List.of(
            JobEventKind.TASKS_DISPATCHED,
            JobEventKind.TASKS_SUCCEEDED,
            JobEventKind.TASKS_FAILED,
            JobEventKind.TASKS_KILLED,
            JobEventKind.TASKS_REFUSED);

    private final KeyValueStore<Bytes, byte[]> state;
    private final LongSupplier clock;
    private final BiConsumer<JobEvent, String> events;
    /** By job and event, in the order in which they were opened. */
    private final Map<Key, Range> open = new LinkedHashMap<>();

    private long opened;
    private int stored;
    private boolean goesOn;

    private record Key(long job, JobEventKind what) {}

    /** Successive tasks. */
    private static final class Range {
        final Key key;
        final long group;
        final long session;
        final TaskKind kind;
        final int first;
        final int attempt;
        final String reason;
        final long number;
        /** Null if its tasks have none, or different ones. */
        String trace;

        long count;

        /** @param number grows with each range that is opened */
        Range(
                Key key,
                long group,
                long session,
                TaskKind kind,
                int first,
                long count,
                int attempt,
                String reason,
                String trace,
                long number) {
            this.number = number;
            this.trace = trace;
            this.key = key;
            this.group = group;
            this.session = session;
            this.kind = kind;
            this.first = first;
            this.count = count;
            this.attempt = attempt;
            this.reason = reason;
        }

        boolean takes(TaskKind nextKind, int next, int nextAttempt, String nextReason) {
            return kind == TaskKind.TASK
                    && nextKind == TaskKind.TASK
                    && attempt == nextAttempt
                    && first + count == next
                    && reason.equals(nextReason);
        }

        JobEvent event(long at) {
            boolean regular = kind == TaskKind.TASK;
            String said = regular ? reason : Labels.of(kind) + " task" + (reason.isEmpty() ? "" : ": " + reason);
            return new JobEvent(
                    Instant.ofEpochMilli(at),
                    key.job,
                    group,
                    session,
                    key.what,
                    regular ? first : NO_TASK,
                    count,
                    attempt,
                    said,
                    "",
                    NO_PRIORITY);
        }
    }

    /**
     * Writes nothing yet.
     *
     * @param state the scheduler's store
     * @param clock epoch ms
     * @param events takes the events that are to be written, each with its {@link PackedTrace} or null
     */
    TaskEvents(KeyValueStore<Bytes, byte[]> state, LongSupplier clock, BiConsumer<JobEvent, String> events) {
        this.state = state;
        this.clock = clock;
        this.events = events;
    }

    /** Writes the ranges that an earlier owner of the shard left open, before anything else is told. */
    private void goOn() {
        if (goesOn) {
            return;
        }
        goesOn = true;
        try (KeyValueIterator<Bytes, byte[]> left = state.range(key(0), key(-1))) {
            left.forEachRemaining(entry -> {
                StoredEvent event = StoredEvent.decode(entry.value);
                events.accept(event.event(), event.trace());
                stored++;
            });
        }
        forget();
    }

    private static Bytes key(int number) {
        return Bytes.wrap(
                ByteBuffer.allocate(1 + Integer.BYTES).put(KIND).putInt(number).array());
    }

    private void forget() {
        while (stored > 0) {
            state.delete(key(--stored));
        }
    }

    void dispatched(DispatchedTask task) {
        add(
                JobEventKind.TASKS_DISPATCHED,
                task.job(),
                task.group(),
                task.session(),
                task.kind(),
                task.taskIndex(),
                1,
                task.attempt(),
                "",
                task.trace());
    }

    void ended(Event.AssignmentEnded ended, String reason, String trace) {
        JobEventKind what =
                switch (ended.end()) {
                    case SUCCEEDED -> JobEventKind.TASKS_SUCCEEDED;
                    case FAILED -> JobEventKind.TASKS_FAILED;
                    case KILLED -> JobEventKind.TASKS_KILLED;
                    case REFUSED -> JobEventKind.TASKS_REFUSED;
                };
        add(
                what,
                ended.job(),
                ended.group(),
                ended.session(),
                ended.kind(),
                ended.taskIndex(),
                1,
                ended.attempt(),
                reason,
                trace);
    }

    /** Tells of tasks that will not run. */
    void killed(Decision.TasksKilled killed, long session, String trace) {
        add(
                JobEventKind.TASKS_KILLED,
                killed.job(),
                killed.group(),
                session,
                TaskKind.TASK,
                killed.first(),
                killed.count(),
                0,
                killed.reason(),
                trace);
    }

    private void add(
            JobEventKind what,
            long job,
            long group,
            long session,
            TaskKind kind,
            int task,
            int count,
            int attempt,
            String reason,
            String trace) {
        goOn();
        Key key = new Key(job, what);
        Range range = open.get(key);
        if (range != null && range.takes(kind, task, attempt, reason)) {
            range.count += count;
            range.trace = Objects.equals(range.trace, trace) ? trace : null;
            return;
        }
        if (range != null) {
            close(job, range.number);
        }
        open.put(key, new Range(key, group, session, kind, task, count, attempt, reason, trace, ++opened));
    }

    private JobEvent event(Range range) {
        return range.event(clock.getAsLong());
    }

    private void write(Range range) {
        events.accept(event(range), range.trace);
    }

    /** Writes the open ranges: when a tick ends, and when a session does. */
    void close() {
        goOn();
        if (!open.isEmpty()) {
            open.values().forEach(this::write);
            open.clear();
        }
        forget();
    }

    /** Writes the open ranges of a job, so that they come before what follows from them. */
    void close(long job) {
        close(job, opened);
    }

    /** Writes a job's range of this number after those that were opened before it, as tasks of it may have waited for theirs. */
    private void close(long job, long number) {
        OF_TASKS.stream()
                .map(what -> open.get(new Key(job, what)))
                .filter(range -> range != null && range.number <= number)
                .sorted(Comparator.comparingLong(range -> range.number))
                .forEach(range -> {
                    open.remove(range.key);
                    write(range);
                });
    }

    /** Stores the open ranges with the transaction that is about to end. */
    void store() {
        int number = 0;
        for (Range range : open.values()) {
            state.put(key(number++), new StoredEvent(event(range), range.trace).encode());
        }
        while (stored > number) {
            state.delete(key(--stored));
        }
        stored = number;
    }
}
