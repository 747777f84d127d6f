package io.yardmaster.app.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.topology.InstanceQueries;
import io.yardmaster.topology.config.Labels;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.views.ShardSummary;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The console's first page as JSON. */
final class Overview {
    private static final int GROUPS = 100;
    private static final int DEAD_LETTERS = 50;
    private static final List<String> REASONS =
            List.of("duplicate", "finalizing", "discarded", "old-session", "wrong-group");

    private final SchedulerConfig config;
    private final String version;

    Overview(SchedulerConfig config, String version) {
        this.config = config;
        this.version = version;
    }

    ObjectNode of(DeploymentSnapshot gathered, InstanceQueries here) {
        FleetJson fleet = new FleetJson(config, gathered, here);
        List<ShardSummary> lanes = gathered.answered().values().stream()
                .map(DeploymentSnapshot.Lane::summary)
                .toList();
        ObjectNode json = Json.object()
                .put("at_ms", gathered.atMs())
                .put("version", version)
                .put("application_id", config.applicationId())
                .put("session", Json.session(gathered.session()));
        json.set("settings", settings());
        json.set("totals", totals(lanes, here.deadLetters().total()));
        json.set("rates", Rates.json(gathered));
        json.set("window", fleet.window());
        json.set("group", fleet.group());
        json.set("lanes", ShardsJson.of(gathered));
        json.set("groups", groups(lanes));
        json.set("instances", InstancesJson.of(gathered));
        json.set("gates", gates(lanes));
        json.set("dead_letters", DeadLettersJson.latest(here.deadLetters(), DEAD_LETTERS));
        return json;
    }

    private ObjectNode settings() {
        return Json.object()
                .put("dispatch_capacity", config.dispatchCapacity().toString())
                .put("active_jobs", config.policy().activeJobs())
                .put("fairness", Labels.of(config.policy().fairness()))
                .put("tick_interval_ms", config.tickInterval().toMillis())
                .put("dispatch_group", config.dispatchGroup())
                .put("dispatch_group_type", Labels.of(config.dispatchGroupType()));
    }

    private static ObjectNode totals(Collection<ShardSummary> lanes, long deadLetters) {
        ObjectNode json = Json.object()
                .put("active_jobs", sum(lanes, ShardSummary::activeJobs))
                .put("pending_jobs", sum(lanes, ShardSummary::pendingJobs))
                .put("finalizing_jobs", sum(lanes, ShardSummary::finalizingJobs))
                .put("buffered_tasks", sum(lanes, ShardSummary::buffered))
                .put("assignments", sum(lanes, ShardSummary::assignments));
        ObjectNode drops = json.putObject("drops_by_reason");
        for (String reason : REASONS) {
            drops.put(reason, sum(lanes, lane -> lane.drops().getOrDefault(reason, 0L)));
        }
        return json.put("dead_letters", deadLetters);
    }

    private static ObjectNode gates(Collection<ShardSummary> lanes) {
        return Json.object()
                .put("count", sum(lanes, ShardSummary::finalizingJobs))
                .put("waiting_commits", sum(lanes, ShardSummary::waitingCommits))
                .put("waiting_cleanups", sum(lanes, ShardSummary::waitingCleanups));
    }

    private static long sum(Collection<ShardSummary> lanes, ToLongFunction<ShardSummary> part) {
        return lanes.stream().mapToLong(part).sum();
    }

    private static ArrayNode groups(Collection<ShardSummary> lanes) {
        Map<Long, ShardSummary.GroupSummary> merged = new TreeMap<>();
        lanes.stream()
                .flatMap(lane -> lane.groups().stream())
                .forEach(group -> merged.merge(group.group(), group, Overview::add));
        ArrayNode json = Json.MAPPER.createArrayNode();
        merged.values().stream()
                .sorted(Comparator.comparingLong(ShardSummary.GroupSummary::buffered)
                        .reversed())
                .limit(GROUPS)
                .forEach(group -> json.addObject()
                        .put("group", Long.toString(group.group()))
                        .put("active_jobs", group.activeJobs())
                        .put("pending_jobs", group.pendingJobs())
                        .put("buffered_tasks", group.buffered())
                        .put("assignments", group.assignments()));
        return json;
    }

    private static ShardSummary.GroupSummary add(ShardSummary.GroupSummary one, ShardSummary.GroupSummary other) {
        return new ShardSummary.GroupSummary(
                one.group(),
                one.activeJobs() + other.activeJobs(),
                one.pendingJobs() + other.pendingJobs(),
                one.buffered() + other.buffered(),
                one.assignments() + other.assignments());
    }
}
