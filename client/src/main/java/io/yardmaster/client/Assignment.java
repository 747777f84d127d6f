package io.yardmaster.client;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;

/**
 * One task offered to this execution manager.
 *
 * @param id unique in the dispatch topic for ever; the same assignment delivered again has the same id
 * @param taskIndex -1 unless the kind is {@link TaskKind#TASK}
 * @param attempt the storage's count of runs of this task; repeats by the {@link RetryPolicy} do not change it
 * @param session the storage session under which the task was dispatched
 * @param readyAt when the task became ready
 * @param partition where in the dispatch topic it lies
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
        TopicPartition partition,
        long offset) {

    static Assignment of(TaskAssignment value, TopicPartition partition, long offset) {
        return new Assignment(
                value.getAssignmentId(),
                value.getResourceGroupId(),
                value.getJobId(),
                value.getKind(),
                value.getTaskIndex(),
                value.getAttempt(),
                value.getSessionId(),
                value.getReadyAt(),
                partition,
                offset);
    }
}
