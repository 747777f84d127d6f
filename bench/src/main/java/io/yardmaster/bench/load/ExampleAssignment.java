package io.yardmaster.bench.load;

import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;

/** The value of an assignment from the middle of a run. */
public final class ExampleAssignment {
    private ExampleAssignment() {}

    public static byte[] bytes() {
        WorkloadSchemas.register();
        TaskAssignment assignment = new TaskAssignment(
                1_000_000L,
                7L,
                500L,
                TaskKind.TASK,
                1_000,
                0,
                1L,
                Instant.parse("2026-01-01T00:00:00Z"),
                0L,
                Payload.NONE,
                "",
                Map.of(),
                "");
        try (Serde<TaskAssignment> serde =
                ValueSerdes.of(Topic.DISPATCH, Map.of("schema.registry.url", WorkloadSchemas.REGISTRY_URL))) {
            return serde.serializer().serialize("example", assignment);
        }
    }
}
