package io.yardmaster.bench.contestants;

import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskReady;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Per task, a put into the seen store, a put into and a delete from the queue store, and a put into the job store. */
final class StraightforwardProcessor extends ContextualProcessor<Long, TaskReady, Long, TaskAssignment> {
    private static final Duration TICK = Duration.ofMillis(10);

    /** The waiting tasks of one job: sequence numbers from head to tail, exclusive. */
    private static final class BufferedJob {
        private final long id;
        private final long group;
        private final long session;
        private long head;
        private long tail;

        private BufferedJob(long id, long group, long session, long head, long tail) {
            this.id = id;
            this.group = group;
            this.session = session;
            this.head = head;
            this.tail = tail;
        }

        private byte[] toBytes() {
            return ByteBuffer.allocate(4 * Long.BYTES)
                    .putLong(group)
                    .putLong(session)
                    .putLong(head)
                    .putLong(tail)
                    .array();
        }

        private static BufferedJob read(long id, byte[] value) {
            ByteBuffer bytes = ByteBuffer.wrap(value);
            return new BufferedJob(id, bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
        }
    }

    private final Map<Long, BufferedJob> jobs = new HashMap<>();
    private final Queue<BufferedJob> rotation = new ArrayDeque<>();
    private KeyValueStore<Bytes, byte[]> seen;
    private KeyValueStore<Bytes, byte[]> queues;
    private KeyValueStore<Bytes, byte[]> stored;
    private long assignments;

    @Override
    public void init(ProcessorContext<Long, TaskAssignment> context) {
        super.init(context);
        seen = context.getStateStore(StraightforwardTopology.SEEN);
        queues = context.getStateStore(StraightforwardTopology.QUEUES);
        stored = context.getStateStore(StraightforwardTopology.JOBS);
        try (KeyValueIterator<Bytes, byte[]> all = stored.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                BufferedJob job =
                        BufferedJob.read(ByteBuffer.wrap(entry.key.get()).getLong(), entry.value);
                jobs.put(job.id, job);
                enqueue(job);
            }
        }
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::dispatch);
    }

    @Override
    public void process(Record<Long, TaskReady> record) {
        TaskReady ready = record.value();
        BufferedJob job = jobs.computeIfAbsent(
                record.key(), id -> new BufferedJob(id, ready.getResourceGroupId(), ready.getSessionId(), 0, 0));
        boolean waiting = job.head < job.tail;
        for (int index : ready.getTaskIndices()) {
            Bytes task = key(job.id, index);
            if (seen.get(task) == null) {
                seen.put(task, ByteBuffer.allocate(4).putInt(ready.getAttempt()).array());
                queues.put(key(job.id, job.tail++), queued(index, ready.getAttempt(), record.timestamp()));
                stored.put(key(job.id), job.toBytes());
            }
        }
        if (!waiting) {
            enqueue(job);
        }
    }

    private void enqueue(BufferedJob job) {
        if (job.head < job.tail) {
            rotation.add(job);
        }
    }

    private void dispatch(long now) {
        for (BufferedJob job = rotation.poll(); job != null; job = rotation.poll()) {
            Bytes place = key(job.id, job.head++);
            ByteBuffer task = ByteBuffer.wrap(queues.delete(place));
            stored.put(key(job.id), job.toBytes());
            enqueue(job);
            TaskAssignment assignment = new TaskAssignment(
                    ++assignments,
                    job.group,
                    job.id,
                    TaskKind.TASK,
                    task.getInt(),
                    task.getInt(),
                    job.session,
                    Instant.ofEpochMilli(task.getLong()),
                    0L,
                    Payload.NONE,
                    "",
                    Map.of(),
                    "");
            context()
                    .forward(new Record<>(
                            job.id, assignment, now, new RecordHeaders().add(Epoch.HEADER, Epoch.encode(job.session))));
        }
    }

    private static byte[] queued(int index, int attempt, long readyAt) {
        return ByteBuffer.allocate(16)
                .putInt(index)
                .putInt(attempt)
                .putLong(readyAt)
                .array();
    }

    private static Bytes key(long job) {
        return Bytes.wrap(ByteBuffer.allocate(8).putLong(job).array());
    }

    private static Bytes key(long job, long number) {
        return Bytes.wrap(ByteBuffer.allocate(16).putLong(job).putLong(number).array());
    }
}
