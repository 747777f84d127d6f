package io.yardmaster.app.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.topology.views.InstanceSnapshot;
import java.util.List;
import java.util.Optional;

/** The instances, whether they answered or not. */
final class InstancesJson {
    private InstancesJson() {}

    static ArrayNode of(DeploymentSnapshot gathered) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        gathered.instances().forEach(instance -> json.add(one(instance)));
        return json;
    }

    private static ObjectNode one(DeploymentSnapshot.Instance instance) {
        Optional<InstanceSnapshot> said = instance.said();
        ObjectNode json = Json.object()
                .put("instance", instance.address().toString())
                .put("reachable", said.isPresent())
                .put("version", said.map(InstanceSnapshot::version).orElse(null))
                .put("up_since_ms", said.map(InstanceSnapshot::upSinceMs).orElse(null))
                .put("state", said.map(InstanceSnapshot::state).orElse(null));
        json.set("active", Json.numbers(said.map(InstanceSnapshot::active).orElse(instance.assigned())));
        json.set("standby", Json.numbers(said.map(InstanceSnapshot::standby).orElse(List.of())));
        ArrayNode restoring = json.putArray("restoring");
        said.map(InstanceSnapshot::restoring).orElse(List.of()).forEach(entry -> restoring
                .addObject()
                .put("partition", entry.partition())
                .put("restored", entry.restored())
                .put("total", entry.total()));
        return json;
    }
}
