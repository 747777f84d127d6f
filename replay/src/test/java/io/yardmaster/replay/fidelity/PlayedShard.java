package io.yardmaster.replay.fidelity;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.replay.recording.AssignedTask;
import io.yardmaster.replay.recording.RecordedRecord;
import io.yardmaster.replay.recording.RecordingLines;
import io.yardmaster.replay.recording.RecordingWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** A shard whose events, reading and ticks a test plays, and the recording of it. */
final class PlayedShard {
    private final RecordingLines lines = new RecordingLines();
    private final List<RecordedRecord> records = new ArrayList<>();
    private final Deque<Event> unread = new ArrayDeque<>();
    private final Scheduler scheduler;
    private long numbers;

    PlayedShard(Policy policy) {
        scheduler = new Scheduler(policy, new UndoStorage(), 0);
    }

    void ready(long at, long group, long job, int first, int tasks) {
        int[] indices = new int[tasks];
        for (int i = 0; i < tasks; i++) {
            indices[i] = first + i;
        }
        sent(
                new Event.TasksReady(group, job, 1, indices, 0, at, null),
                () -> lines.ready(at, group, job, first, tasks));
    }

    void commit(long at, long group, long job) {
        sent(new Event.CommitReady(group, job, 1, at, null), () -> lines.commit(at, group, job));
    }

    void ended(long at, MadeAssignment given, TaskEnd end) {
        sent(given.ended(end, at), () -> lines.ended(at, given.number(), given.task(), end));
    }

    private void sent(Event event, Supplier<RecordedRecord> line) {
        unread.add(event);
        records.add(line.get());
    }

    int unread() {
        return unread.size();
    }

    /** Reads the next events. */
    void read(int count) {
        for (int i = 0; i < count; i++) {
            scheduler.apply(unread.remove());
        }
    }

    /** Makes up to this many assignments; their records have a later time. */
    List<MadeAssignment> tick(long at, int budget, long recordedAt) {
        List<MadeAssignment> given = new ArrayList<>();
        scheduler.tick(at, Budget.of(budget), decision -> {
            if (decision instanceof DispatchedTask task) {
                given.add(new MadeAssignment(++numbers, AssignedTask.of(task)));
                records.add(lines.assigned(recordedAt, numbers, AssignedTask.of(task)));
            }
        });
        return given;
    }

    /** Writes the recording, with its records in the order of their times. */
    Path write(Path file) throws IOException {
        try (RecordingWriter writer = new RecordingWriter(Files.newOutputStream(file), RecordingLines.header())) {
            List<RecordedRecord> sorted = new ArrayList<>(records);
            sorted.sort(Comparator.comparingLong(RecordedRecord::timestampMs));
            for (RecordedRecord record : sorted) {
                writer.write(record);
            }
            writer.end();
        }
        return file;
    }
}
