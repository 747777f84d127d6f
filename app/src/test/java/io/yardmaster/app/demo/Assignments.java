package io.yardmaster.app.demo;

import io.yardmaster.client.Assignment;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.TaskKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
                "",
                new TopicPartition("dispatch", 0),
                id,
                Optional.empty());
    }
}
