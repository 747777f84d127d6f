package io.yardmaster.client;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.time.Instant;
import java.util.Map;

/** Assignment 1, of the first task of job 7 in session 4, as the value of a record. */
final class EncodedAssignment {
    private EncodedAssignment() {}

    /** @param settings name the registry */
    static byte[] value(Map<String, String> settings) {
        var value = TaskAssignment.newBuilder()
                .setAssignmentId(1)
                .setResourceGroupId(2)
                .setJobId(7)
                .setKind(TaskKind.TASK)
                .setTaskIndex(0)
                .setAttempt(0)
                .setSessionId(4)
                .setReadyAt(Instant.ofEpochMilli(5))
                .build();
        return ValueSerdes.of(Topic.DISPATCH, settings).serializer().serialize("dispatch", value);
    }
}
