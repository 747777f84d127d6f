package io.yardmaster.client;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TraceContext;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * One task offered to this execution manager.
 *
 * @param id unique in the dispatch topic for ever; the same assignment delivered again has the same id
 * @param taskIndex -1 unless the kind is {@link TaskKind#TASK}
 * @param attempt the storage's count of runs of this task; repeats by the {@link RetryPolicy} do not change it
 * @param session the storage session under which the task was dispatched
 * @param readyAt when the task became ready
 * @param timeout the execution manager cancels the handler when it has run for so long; zero means no limit
 * @param payload what the graph of the job says to each task of the stage; empty if there is none
 * @param pool the pool that the task is for; empty for the default one
 * @param partition the assignment's partition of the dispatch topic
 * @param trace of the event that made the task ready: the handler's span continues it
 */
public record Assignment(
        long id,
        long resourceGroupId,
        long jobId,
        TaskKind kind,
        int taskIndex,
        int attempt,
        long session,
        Instant readyAt,
        Duration timeout,
        ByteBuffer payload,
        String pool,
        TopicPartition partition,
        long offset,
        Optional<TraceContext> trace) {

    /** A view of its own from the first byte on, which cannot be changed. */
    @Override
    public ByteBuffer payload() {
        return payload.asReadOnlyBuffer();
    }

    /** The ids by which people find it: without its payload, one short line of a log. */
    String ids() {
        String work = kind == TaskKind.TASK
                ? "task %s, attempt %s".formatted(taskIndex, attempt)
                : kind.name().toLowerCase(Locale.ROOT) + " task";
        return "assignment %s (job %s, %s)".formatted(id, jobId, work);
    }

    static Assignment of(TaskAssignment value, TopicPartition partition, long offset, Optional<TraceContext> trace) {
        return new Assignment(
                value.getAssignmentId(),
                value.getResourceGroupId(),
                value.getJobId(),
                value.getKind(),
                value.getTaskIndex(),
                value.getAttempt(),
                value.getSessionId(),
                value.getReadyAt(),
                Duration.ofMillis(Math.max(0, value.getTimeoutMs())),
                value.getPayload(),
                value.getPool(),
                partition,
                offset,
                trace);
    }
}
