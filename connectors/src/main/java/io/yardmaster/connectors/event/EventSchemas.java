package io.yardmaster.connectors.event;

import io.yardmaster.connectors.convert.ContractSchemas;
import io.yardmaster.connectors.convert.Records;
import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.TaskReady;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Events in Connect's form. */
final class EventSchemas {
    private static final Schema TASK_READY = ContractSchemas.connect(TaskReady.getClassSchema());
    private static final Schema COMMIT_READY = ContractSchemas.connect(CommitReady.getClassSchema());
    private static final Schema CLEANUP_READY = ContractSchemas.connect(CleanupReady.getClassSchema());

    private static final Schema JOB_GRAPH = ContractSchemas.connect(JobGraph.getClassSchema());

    private EventSchemas() {}

    /** @param indices of all tasks that become ready by this event */
    static Struct struct(LaneEvent event, List<Integer> indices) {
        return switch (event.lane()) {
            case READY -> ids(TASK_READY, event).put("task_indices", indices).put("attempt", event.attempt());
            case COMMIT -> ids(COMMIT_READY, event);
            case CLEANUP -> ids(CLEANUP_READY, event).put("has_task", event.hasTask());
            case GRAPH -> Records.struct(event.graph(), JOB_GRAPH);
        };
    }

    private static Struct ids(Schema schema, LaneEvent event) {
        return new Struct(schema)
                .put("resource_group_id", event.group())
                .put("job_id", event.job())
                .put("session_id", event.session());
    }
}
