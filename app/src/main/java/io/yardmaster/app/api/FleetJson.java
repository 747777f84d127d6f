package io.yardmaster.app.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.topology.InstanceQueries;
import io.yardmaster.topology.config.GroupType;
import io.yardmaster.topology.config.Labels;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.views.FleetGroup;
import io.yardmaster.topology.views.InstanceSnapshot;
import io.yardmaster.topology.views.InstanceSnapshot.WindowState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The execution managers and the window of what they have not taken. */
final class FleetJson {
    private static final List<String> BREAKERS = List.of("closed", "half-open", "open");

    private final SchedulerConfig config;
    private final DeploymentSnapshot gathered;
    private final FleetGroup fleet;
    private final long[] used;

    FleetJson(SchedulerConfig config, DeploymentSnapshot gathered, InstanceQueries here) {
        this.config = config;
        this.gathered = gathered;
        this.fleet = here.fleet();
        this.used = gathered.used(here.dispatchPartitions());
    }

    /** The window: the sum of the shards' quotas, and at least the capacity that is set. */
    static long capacity(SchedulerConfig config, DeploymentSnapshot gathered) {
        long granted = gathered.answered().values().stream()
                .mapToLong(lane -> lane.summary().granted())
                .sum();
        return Math.max(
                config.dispatchCapacity().least(),
                Math.min(config.dispatchCapacity().most(), granted));
    }

    ObjectNode window() {
        List<WindowState> views =
                gathered.snapshots().stream().map(InstanceSnapshot::window).toList();
        ObjectNode json = Json.object()
                .put("capacity", capacity(config, gathered))
                .put("used", Arrays.stream(used).sum())
                .put("fresh", views.stream().allMatch(WindowState::fresh))
                .put(
                        "age_ms",
                        views.stream().mapToLong(WindowState::ageMs).max().orElse(0))
                .put(
                        "breaker",
                        BREAKERS.get(views.stream()
                                .mapToInt(view -> Math.max(0, BREAKERS.indexOf(view.breaker())))
                                .max()
                                .orElse(0)));
        Map<Integer, String> owners = new HashMap<>();
        if (config.dispatchGroupType() == GroupType.CONSUMER) {
            fleet.members().forEach(member -> member.partitions()
                    .forEach(partition -> owners.put(partition, member.clientId())));
        }
        ArrayNode partitions = json.putArray("partitions");
        for (int partition = 0; partition < used.length; partition++) {
            partitions
                    .addObject()
                    .put("partition", partition)
                    .put("used", used[partition])
                    .put("owner", owners.get(partition));
        }
        return json;
    }

    ObjectNode group() {
        ObjectNode json = Json.object()
                .put("id", config.dispatchGroup())
                .put("type", Labels.of(config.dispatchGroupType()))
                .put("state", fleet.state());
        ArrayNode members = json.putArray("members");
        for (FleetGroup.Member member : fleet.members()) {
            ObjectNode one = members.addObject()
                    .put("id", member.id())
                    .put("client_id", member.clientId())
                    .put("host", member.host());
            one.set("partitions", Json.numbers(member.partitions()));
            one.put("lag", config.dispatchGroupType() == GroupType.SHARE ? null : lag(member));
        }
        return json.put("lag", Arrays.stream(used).sum());
    }

    private Long lag(FleetGroup.Member member) {
        return member.partitions().stream()
                .filter(partition -> partition < used.length)
                .mapToLong(partition -> used[partition])
                .sum();
    }
}
