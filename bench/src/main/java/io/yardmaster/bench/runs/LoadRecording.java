package io.yardmaster.bench.runs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.Policy;
import io.yardmaster.replay.engine.StateInMemory;
import io.yardmaster.replay.recording.RecordedRecord;
import io.yardmaster.replay.recording.RecordedTopic;
import io.yardmaster.replay.recording.RecordingHeader;
import io.yardmaster.replay.recording.RecordingWriter;
import io.yardmaster.schemas.TaskReady;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Writes the recording that a recorder makes of a load of ready events and their assignments. */
final class LoadRecording {
    private static final long BEGIN = 1_800_000_000_000L;
    private static final int EVENTS_PER_TICK = 1_024;
    private static final int DISPATCH_PARTITIONS = 16;

    private final Workload workload;
    private final RecordingWriter writer;
    private final Scheduler scheduler = new Scheduler(Policy.DEFAULT, new StateInMemory(), 0);
    private final long[] offsets = new long[DISPATCH_PARTITIONS];
    private long now = BEGIN;

    private LoadRecording(Workload workload, RecordingWriter writer) {
        this.workload = workload;
        this.writer = writer;
    }

    /** Writes the recording of a scheduler that reads and assigns in turn. */
    static void write(Workload workload, Path file) throws IOException {
        RecordingHeader header = new RecordingHeader(
                "bench",
                BEGIN,
                OptionalLong.empty(),
                OptionalLong.empty(),
                1,
                false,
                new TreeMap<>(),
                List.of(new RecordingHeader.Start(RecordedTopic.READY, "", 0, 0, 0)));
        try (RecordingWriter writer = new RecordingWriter(Files.newOutputStream(file), header)) {
            LoadRecording recording = new LoadRecording(workload, writer);
            for (long event = 0; event < workload.events(); event += EVENTS_PER_TICK) {
                recording.play(event, Math.min(workload.events(), event + EVENTS_PER_TICK));
            }
            writer.end();
        }
    }

    private void play(long first, long behind) throws IOException {
        now++;
        for (long event = first; event < behind; event++) {
            TaskReady ready = workload.event(event);
            int[] indices =
                    ready.getTaskIndices().stream().mapToInt(Integer::intValue).toArray();
            scheduler.apply(new Event.TasksReady(
                    ready.getResourceGroupId(),
                    ready.getJobId(),
                    ready.getSessionId(),
                    indices,
                    ready.getAttempt(),
                    now,
                    null));
            write(event, ready, indices);
        }
        List<DispatchedTask> made = new ArrayList<>();
        scheduler.tick(now, Budget.of(Integer.MAX_VALUE), decision -> {
            if (decision instanceof DispatchedTask task) {
                made.add(task);
            }
        });
        for (DispatchedTask task : made) {
            write(task);
        }
    }

    private void write(long offset, TaskReady ready, int[] indices) throws IOException {
        ObjectNode value = ofJob(ready.getResourceGroupId(), ready.getJobId(), ready.getSessionId());
        ArrayNode list = value.putArray("task_indices");
        for (int index : indices) {
            list.add(index);
        }
        value.put("attempt", ready.getAttempt());
        writer.write(record(RecordedTopic.READY, 0, offset, ready.getJobId(), value, RecordedRecord.NO_SHARD, 0));
    }

    private void write(DispatchedTask task) throws IOException {
        ObjectNode value = ofJob(task.group(), task.job(), task.session())
                .put("assignment_id", task.id())
                .put("kind", task.kind().name())
                .put("task_index", task.taskIndex())
                .put("attempt", task.attempt())
                .put("ready_at", task.readyAt())
                .put("timeout_ms", 0);
        int partition = (int) (task.job() % DISPATCH_PARTITIONS);
        writer.write(record(RecordedTopic.DISPATCH, partition, offsets[partition]++, task.job(), value, 0, task.id()));
    }

    private static ObjectNode ofJob(long group, long job, long session) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("resource_group_id", group)
                .put("job_id", job)
                .put("session_id", session);
    }

    private RecordedRecord record(
            RecordedTopic topic, int partition, long offset, long job, ObjectNode value, int shard, long number) {
        return new RecordedRecord(
                topic,
                "",
                partition,
                offset,
                now,
                Long.toString(job),
                value,
                Optional.empty(),
                Optional.empty(),
                shard,
                number,
                Optional.empty());
    }
}
