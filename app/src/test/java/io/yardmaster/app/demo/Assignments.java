package io.yardmaster.app.demo;

import io.yardmaster.app.storage.StorageEvent;
import io.yardmaster.client.Assignment;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskReady;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** Assignments for tests, ready at the epoch. */
final class Assignments {
    private Assignments() {}

    static Assignment task(long id, long job, int index, int attempt) {
        return of(id, job, TaskKind.TASK, index, attempt);
    }

    static Assignment of(long id, long job, TaskKind kind, int index, int attempt) {
        return new Assignment(
                id,
                1,
                job,
                kind,
                index,
                attempt,
                1,
                Instant.EPOCH,
                Duration.ZERO,
                Payload.NONE,
                new TopicPartition("dispatch", 0),
                id,
                Optional.empty());
    }

    /** The assignments that a scheduler would make of an event. */
    static List<Assignment> of(StorageEvent<?> event, long firstId) {
        if (event.value() instanceof TaskReady ready) {
            List<Integer> indices = ready.getTaskIndices();
            return IntStream.range(0, indices.size())
                    .mapToObj(i -> task(firstId + i, event.jobId(), indices.get(i), ready.getAttempt()))
                    .toList();
        }
        TaskKind kind = event.value() instanceof CommitReady ? TaskKind.COMMIT : TaskKind.CLEANUP;
        return List.of(of(firstId, event.jobId(), kind, -1, 0));
    }
}
