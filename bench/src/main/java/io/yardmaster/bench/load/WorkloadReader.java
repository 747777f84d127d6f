package io.yardmaster.bench.load;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Finds the event that an assignment came from. */
public final class WorkloadReader {
    private final Deserializer<TaskAssignment> values;

    public WorkloadReader() {
        WorkloadSchemas.register();
        values = ValueSerdes.of(Topic.DISPATCH, Map.of("schema.registry.url", WorkloadSchemas.REGISTRY_URL))
                .deserializer();
    }

    /** The number of the event, of a workload with one task per event. */
    public long event(Workload workload, ConsumerRecord<byte[], byte[]> record) {
        TaskAssignment assignment = values.deserialize(record.topic(), record.value());
        return workload.event(assignment.getJobId(), assignment.getTaskIndex());
    }
}
