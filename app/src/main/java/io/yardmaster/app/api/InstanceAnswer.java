package io.yardmaster.app.api;

import io.yardmaster.topology.views.InstanceSnapshot;
import java.util.List;
import java.util.Optional;

/**
 * An instance, whether it answered or not.
 *
 * @param active the shards that it runs; if it did not answer, those that its group has assigned to it
 */
public record InstanceAnswer(
        String instance,
        boolean reachable,
        Optional<String> version,
        Optional<Long> upSinceMs,
        Optional<String> state,
        List<Integer> active,
        List<Integer> standby,
        List<InstanceSnapshot.Restoring> restoring) {

    /** Answer of {@code /api/instances}. */
    record All(List<InstanceAnswer> instances) {}

    static List<InstanceAnswer> of(DeploymentSnapshot gathered) {
        return gathered.instances().stream().map(InstanceAnswer::of).toList();
    }

    private static InstanceAnswer of(DeploymentSnapshot.Instance instance) {
        Optional<InstanceSnapshot> said = instance.said();
        return new InstanceAnswer(
                instance.address().toString(),
                said.isPresent(),
                said.map(InstanceSnapshot::version),
                said.map(InstanceSnapshot::upSinceMs),
                said.map(InstanceSnapshot::state),
                said.map(InstanceSnapshot::active).orElse(instance.assigned()),
                said.map(InstanceSnapshot::standby).orElse(List.of()),
                said.map(InstanceSnapshot::restoring).orElse(List.of()));
    }
}
