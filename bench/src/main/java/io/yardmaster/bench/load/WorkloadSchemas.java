package io.yardmaster.bench.load;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.Offer;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Session;
import io.yardmaster.schemas.Share;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.serde.MockSchemaRegistry;
import java.util.List;
import org.apache.avro.Schema;

/** Makes the schema ids the same in all JVMs, so that none has to ask a registry. */
public final class WorkloadSchemas {
    private static final String NAME = "bench";

    public static final String REGISTRY_URL = MockSchemaRegistry.SCHEME + NAME;

    private WorkloadSchemas() {}

    /** Registers every schema of the contract, always in the same order. May be called again. */
    public static void register() {
        List<Schema> schemas = List.of(
                TaskReady.getClassSchema(),
                CommitReady.getClassSchema(),
                CleanupReady.getClassSchema(),
                TaskAssignment.getClassSchema(),
                Session.getClassSchema(),
                Share.getClassSchema(),
                JobCommand.getClassSchema(),
                JobEvent.getClassSchema(),
                Kill.getClassSchema(),
                TaskOutcome.getClassSchema(),
                JobGraph.getClassSchema(),
                PolicyEntry.getClassSchema(),
                Host.getClassSchema(),
                Offer.getClassSchema());
        schemas.forEach(schema -> MockSchemaRegistry.named(NAME).register(NAME, schema));
    }
}
