package io.yardmaster.app.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.topology.views.InstanceSnapshot.Restoring;
import io.yardmaster.topology.views.ShardSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every shard, whether it answered or not. */
final class ShardsJson {
    private ShardsJson() {}

    static ArrayNode of(DeploymentSnapshot gathered) {
        Map<Integer, DeploymentSnapshot.Lane> answered = gathered.answered();
        Map<Integer, Restoring> restoring = gathered.restoring();
        ArrayNode json = Json.MAPPER.createArrayNode();
        for (int partition = 0; partition < gathered.lanes(); partition++) {
            DeploymentSnapshot.Lane lane = answered.get(partition);
            json.add(
                    lane == null
                            ? silent(partition, gathered, restoring.get(partition))
                            : active(lane.instance().toString(), lane.summary()));
        }
        return json;
    }

    private static ObjectNode active(String instance, ShardSummary lane) {
        ObjectNode json = Json.object()
                .put("partition", lane.partition())
                .put("instance", instance)
                .put("state", "active")
                .put("session", Json.session(lane.session()))
                .put("active_jobs", lane.activeJobs())
                .put("pending_jobs", lane.pendingJobs())
                .put("finalizing_jobs", lane.finalizingJobs())
                .put("buffered_tasks", lane.buffered())
                .put("assignments", lane.assignments())
                .put("cycle_length", lane.cycleLength())
                .put(
                        "cursor_job",
                        lane.nextJobs().isEmpty()
                                ? null
                                : Long.toString(lane.nextJobs().get(0)));
        json.set("next_jobs", Json.ids(lane.nextJobs()));
        return json.putNull("restoring");
    }

    private static ObjectNode silent(int partition, DeploymentSnapshot gathered, Restoring restoring) {
        Optional<DeploymentSnapshot.Instance> owner = gathered.owner(partition);
        boolean restores = owner.flatMap(DeploymentSnapshot.Instance::said).isPresent();
        Optional<DeploymentSnapshot.Instance> copy = gathered.instances().stream()
                .filter(instance -> instance.said()
                        .map(said -> said.standby().contains(partition))
                        .orElse(false))
                .findFirst();
        String state = restores ? "restoring" : copy.isPresent() ? "standby" : "unassigned";
        ObjectNode json = Json.object()
                .put("partition", partition)
                .put(
                        "instance",
                        owner.or(() -> copy)
                                .map(instance -> instance.address().toString())
                                .orElse(null))
                .put("state", state)
                .putNull("session")
                .put("active_jobs", 0)
                .put("pending_jobs", 0)
                .put("finalizing_jobs", 0)
                .put("buffered_tasks", 0)
                .put("assignments", 0)
                .put("cycle_length", 0.0)
                .putNull("cursor_job");
        json.set("next_jobs", Json.ids(List.of()));
        if (restores && restoring != null) {
            json.putObject("restoring").put("restored", restoring.restored()).put("total", restoring.total());
        } else {
            json.putNull("restoring");
        }
        return json;
    }
}
